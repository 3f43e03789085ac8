// Buttons that copy a text of the page (data-copy names its element). Without scripts they stay hidden: the text can
// be marked and copied by hand.

const SAID_MS = 2000;

function offer(button) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) return; // browsers have none on a page without https that is not this machine's
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = label), SAID_MS);
    } catch {
      getSelection()?.selectAllChildren(source); // the browser does not allow it: the keys for copying work
      source.select?.();
    }
  });
}

document.querySelectorAll("button[data-copy]").forEach(offer);
