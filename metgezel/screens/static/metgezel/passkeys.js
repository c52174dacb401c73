// Passkeys: a form with data-mg-passkey asks the browser for one and sends it. Without a browser
// that can do it the form stays hidden, and the page has another way.
"use strict";

async function askForPasskey(form) {
  const answer = await fetch(form.dataset.mgOptions, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: new URLSearchParams({ for: form.dataset.mgFor || "" }),
  });
  if (!answer.ok) throw new Error("no options");
  const ask = form.dataset.mgPasskey === "create" ? webauthnJSON.create : webauthnJSON.get;
  return ask(await answer.json());
}

document.querySelectorAll("form[data-mg-passkey]").forEach((form) => {
  if (!globalThis.webauthnJSON?.supported()) {
    document.querySelectorAll("[data-mg-no-passkey]").forEach((words) => { words.hidden = false; });
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-mg-problem]");
    problem.hidden = true;
    try {
      form.querySelector("[data-mg-credential]").value = JSON.stringify(await askForPasskey(form));
      form.submit();
    } catch {
      problem.hidden = false; // the reader closed the window of the browser, or waited too long
    }
  });
});
