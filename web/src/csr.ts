// Checks the certificate request while it is typed or chosen. The button beside it does the same without JavaScript.

interface Correct {
  correct: true;
  title: string;
  lines: { label: string; value: string }[];
}

interface Wrong {
  correct: false;
  title: string;
  message: string;
  line: number | null;
  place: string | null;
}

const PAUSE_MS = 350;
const LARGEST = 64 * 1024;

export function checkRequests(root: ParentNode): void {
  for (const area of root.querySelectorAll<HTMLTextAreaElement>("textarea[data-csr-check]")) {
    attach(area);
  }
}

function attach(area: HTMLTextAreaElement): void {
  const form = area.form;
  const verdict = document.getElementById(area.dataset.csrVerdict ?? "");
  const address = area.dataset.csrCheck;
  if (!form || !verdict || !address) return;
  let timer = 0;
  let running: AbortController | undefined;

  const check = async (): Promise<void> => {
    running?.abort();
    const text = area.value.trim();
    if (text === "") {
      verdict.replaceChildren();
      mark(area, undefined);
      return;
    }
    const mine = new AbortController();
    running = mine;
    note(verdict, area.dataset.csrChecking ?? "");
    const body = new URLSearchParams({ csr: area.value });
    const token = form.querySelector<HTMLInputElement>("input[name=csrf]");
    if (token) body.set("csrf", token.value);
    try {
      const response = await fetch(address, {
        method: "POST",
        body,
        headers: { accept: "application/json" },
        signal: mine.signal,
      });
      if (!response.ok) throw new Error(String(response.status));
      show(area, verdict, (await response.json()) as Correct | Wrong);
    } catch {
      if (mine.signal.aborted) return;
      mark(area, undefined);
      note(verdict, area.dataset.csrUnreachable ?? "");
    }
  };

  area.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), PAUSE_MS);
  });
  const file = form.querySelector<HTMLInputElement>("input[type=file][data-csr-file]");
  file?.addEventListener("change", () => void readInto(area, file, check));
}

// A chosen text file is shown where it can be read; a binary one stays a file and is checked by the button.
async function readInto(
  area: HTMLTextAreaElement,
  file: HTMLInputElement,
  check: () => Promise<void>,
): Promise<void> {
  const chosen = file.files?.[0];
  if (!chosen || chosen.size > LARGEST) return;
  const text = await chosen.text();
  if (!text.includes("-----BEGIN ")) return;
  area.value = text;
  file.value = "";
  await check();
}

function show(area: HTMLTextAreaElement, verdict: HTMLElement, answer: Correct | Wrong): void {
  const box = document.createElement("div");
  box.className = answer.correct ? "alert alert-success mb-0" : "alert alert-danger mb-0";
  const title = document.createElement("strong");
  title.textContent = answer.title;
  box.append(title);
  if (answer.correct) {
    for (const { label, value } of answer.lines) {
      const line = document.createElement("div");
      line.textContent = `${label}: ${value}`;
      box.append(line);
    }
  } else {
    const line = document.createElement("div");
    line.textContent = answer.place ? `${answer.place}: ${answer.message}` : answer.message;
    box.append(line);
  }
  verdict.replaceChildren(box);
  mark(area, answer.correct);
}

function note(verdict: HTMLElement, text: string): void {
  const line = document.createElement("p");
  line.className = "form-hint mb-0";
  line.textContent = text;
  verdict.replaceChildren(line);
}

function mark(area: HTMLTextAreaElement, correct: boolean | undefined): void {
  area.classList.toggle("is-valid", correct === true);
  area.classList.toggle("is-invalid", correct === false);
  if (correct === false) area.setAttribute("aria-invalid", "true");
  else area.removeAttribute("aria-invalid");
}
