// The editor of a draft: says while one types what is still to do, warns before typed text is lost, and lets nobody
// approve the text from before what they see.
// Without this script the same is said after saving.

const WAIT_MS = 600; // after the last key

function fill(list, problems) {
  list.replaceChildren();
  if (problems.length === 0) {
    const fine = document.createElement("p");
    fine.className = "small";
    fine.textContent = "✓ Nothing is left to do in this text.";
    list.append(fine);
    return;
  }
  const title = document.createElement("h3");
  title.textContent = "Still to do";
  const items = document.createElement("ul");
  items.className = "problems";
  for (const problem of problems) {
    const item = document.createElement("li");
    item.textContent = problem;
    items.append(item);
  }
  list.append(title, items);
}

function watch(form) {
  const card = form.closest(".card") ?? document;
  const list = card.querySelector("[data-problems]");
  const count = form.querySelector("[data-count]");
  const previews = Object.fromEntries(
    [...card.querySelectorAll("[data-preview]")].map((place) => [place.dataset.preview, place]),
  );
  const first = new URLSearchParams(new FormData(form)).toString();
  let timer = 0;
  let asked = 0;
  let leaving = false;

  const typed = () => new URLSearchParams(new FormData(form)).toString();

  async function ask() {
    const number = ++asked;
    let said;
    try {
      const answer = await fetch(form.dataset.lint, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) return;
      said = await answer.json();
    } catch {
      return; // the desk cannot be reached just now: saving will say what is wrong
    }
    if (number !== asked) return; // somebody typed on meanwhile
    fill(list, said.problems);
    const subject = [...said.subject].length;
    count.textContent =
      `${said.words} ${said.words === 1 ? "word" : "words"} of ${form.dataset.mostWords} · ` +
      `subject ${subject} of ${form.dataset.mostSubject} characters · not saved yet`;
    count.classList.toggle("is-over", said.words > Number(form.dataset.mostWords));
    if (previews.to) previews.to.textContent = said.to || "nobody yet";
    if (previews.subject) previews.subject.textContent = said.subject;
    if (previews.body) previews.body.textContent = said.body;
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  form.addEventListener("submit", () => {
    leaving = true;
  });
  document.addEventListener("submit", (event) => {
    const approves = /\/approve(-anyway)?$/.test(event.target.getAttribute("action") ?? "");
    const note = document.querySelector("[data-unsaved]");
    if (!approves || !note || typed() === first) return;
    event.preventDefault(); // else the text from before would be approved
    note.hidden = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && typed() !== first) event.preventDefault();
  });
}

document.querySelectorAll("form[data-editor]").forEach(watch);
