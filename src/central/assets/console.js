// Keys for reviewers: A approves, R goes to the reasons, arrows choose, Enter rejects. Everything works without this file.
"use strict";
const approve = document.querySelector("#approve button");
const reasons = [...document.querySelectorAll("#decide input[name=reason]")];
const sentence = document.querySelector("#sentence");
// A key held down or pressed twice must not decide about a picture that nobody has seen yet.
const opened = performance.now();

for (const reason of reasons) {
  reason.addEventListener("change", () => { sentence.textContent = reason.dataset.preview; });
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}

document.addEventListener("keydown", event => {
  const typing = event.target.matches("input:not([type=radio]), select, textarea");
  if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "a" && approve && performance.now() - opened > 600) approve.click();
  if (key === "r" && reasons.length) (reasons.find(r => r.checked) || reasons[0]).focus();
  if (key === "enter" && event.target === document.body) document.querySelector("#start")?.click();
});
