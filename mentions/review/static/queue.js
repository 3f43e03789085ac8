// The queue with a script: one box that ticks every row, fields only for the decision that needs them, and a count.
// Without it everything works: the fields are all there, and rows are ticked one by one.

const form = document.querySelector(".queue-form");
const bulk = form?.querySelector("[data-bulk]");

if (form && bulk) {
  const boxes = [...form.querySelectorAll('tbody input[name="number"]')];
  const move = bulk.querySelector("[data-bulk-move]");
  const count = bulk.querySelector("[data-bulk-count]");

  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", "Tick every find on this page");
  form.querySelector("thead .tick")?.append(all); // beside the word that names every row's box

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    count.textContent = ticked === 1 ? "1 find is ticked" : `${ticked} finds are ticked`;
    for (const field of bulk.querySelectorAll("[data-bulk-for]")) {
      field.hidden = !field.dataset.bulkFor.split(" ").includes(move.value);
    }
  };

  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    if (!boxes.some((box) => box.checked)) {
      event.preventDefault();
      count.textContent = "No find is ticked yet";
    }
  });
  show();
}
