// Small comforts. Every page works without them.
"use strict";

function fillDay(button) {
  const values = button.dataset.mgDay.split("-").reverse(); // year-month-day, boxes day first
  const boxes = button.closest("[data-mg-day-input]").querySelectorAll("input");
  boxes.forEach((box, place) => {
    box.value = values[place];
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function closeMenus(except) {
  document.querySelectorAll("details.mg-menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

document.querySelectorAll("[data-mg-day-buttons]").forEach((row) => row.removeAttribute("hidden"));
document.querySelectorAll("[data-mg-print]").forEach((button) => {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => window.print());
});
document.querySelector("[data-mg-focus]")?.focus();

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mg-day]");
  if (button) fillDay(button);
  closeMenus(event.target.closest("details.mg-menu"));
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest("details.mg-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// On paper every reason is open; afterwards the page is as it was.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.mg-disclosure:not([open])")];
  opened.forEach((details) => { details.open = true; });
});
window.addEventListener("afterprint", () => {
  opened.forEach((details) => { details.open = false; });
});
