/**
 * Shows one environment at a time, and recalculates what GPUs cost when the slider moves. Without scripts the page shows
 * every environment, and the amounts for GPUs that are busy a quarter of the time.
 */
export const script = `
const sections = [...document.querySelectorAll("section")], links = [...document.querySelectorAll("nav a")];
const show = () => {
  const wanted = sections.find((each) => "#" + each.dataset.name === location.hash) ?? sections.at(-1);
  for (const each of sections) each.style.display = each === wanted ? "" : "none";
  for (const link of links) link.toggleAttribute("aria-current", link.hash === "#" + wanted.dataset.name);
};
addEventListener("hashchange", show);
show();
for (const slider of document.querySelectorAll(".busy input")) slider.addEventListener("input", () => {
  const section = slider.closest("section");
  section.querySelector("output").textContent = slider.value + " %";
  for (const cell of section.querySelectorAll("[data-month]"))
    cell.textContent = (cell.dataset.mark + " $" + Math.round(cell.dataset.month * slider.value / 100).toLocaleString("en-US")).trim();
});
`;
