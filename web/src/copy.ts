// Copy buttons: hidden in the page until this script shows that they can work.

const SHOWN_MS = 2000;

export function offerCopies(root: ParentNode): void {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(button.dataset.copy ?? "");
  const label = button.querySelector<HTMLElement>("[data-copy-label]");
  const done = button.dataset.copied;
  if (!label || !done || button.classList.contains("copied")) return;
  const before = label.textContent;
  label.textContent = done;
  button.classList.add("copied");
  window.setTimeout(() => {
    label.textContent = before;
    button.classList.remove("copied");
  }, SHOWN_MS);
}
