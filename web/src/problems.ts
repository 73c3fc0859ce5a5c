/** After a form came back, the reader starts where the errors are counted. */
export function toProblems(): void {
  document.getElementById("problems")?.focus();
}
