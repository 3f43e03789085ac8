// The site's app, as small as such apps never are: fetches a story by its address and draws it.
const slug = location.pathname.split("/").pop();
const draw = (story) => {
  document.getElementById("root").innerHTML = `
    <nav><a href="/">brackish_</a> <a href="/stories">Stories</a></nav>
    <main><article><h1>${story.title}</h1><p>${story.dek}</p>
    ${story.chapters.map((chapter) => `<section><p>${chapter}</p></section>`).join("")}</article></main>
    <footer><a href="/masthead">Masthead</a> <a href="mailto:editors@brackish.example">editors@brackish.example</a></footer>`;
};
fetch(`/static/${slug}.json`).then((answer) => answer.json()).then(draw);
