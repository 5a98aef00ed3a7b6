import { every, maybe, need } from "../page.ts";

/** A click on the picture sets the point that a crop keeps, and shows the crop at once. */
export function watchCrop(body: HTMLElement): void {
  const crop = maybe(body, "[data-crop]", HTMLElement);
  const form = crop?.closest("form");
  if (!crop || !form) return;
  const [whole, cut] = ["[data-crop-at]", "[data-crop-cut]"].map((name) => need(crop, name, HTMLImageElement));
  const aim = need(crop, "[data-aim]", HTMLElement);
  const automatic = need(form, "input[name=automatic]", HTMLInputElement);
  const [across, down] = ["x", "y"].map((name) => need(form, `input[name=${name}]`, HTMLInputElement));
  const choices = every(form, "input[name=picture]").filter((one) => one instanceof HTMLInputElement);
  if (!whole || !cut || !across || !down) return;

  function show(): void {
    if (!cut || !across || !down) return;
    aim.hidden = automatic.checked;
    aim.style.left = `${across.value}%`;
    aim.style.top = `${down.value}%`;
    cut.style.objectPosition = automatic.checked ? "" : `${across.value}% ${down.value}%`;
    cut.classList.toggle("automatic", automatic.checked);
  }

  whole.addEventListener("click", ({ offsetX, offsetY }) => {
    automatic.checked = false;
    across.value = String(Math.round((100 * offsetX) / whole.clientWidth));
    down.value = String(Math.round((100 * offsetY) / whole.clientHeight));
    show();
  });
  for (const slider of [across, down]) {
    slider.addEventListener("input", () => {
      automatic.checked = false;
      show();
    });
  }
  automatic.addEventListener("change", show);
  form.addEventListener("change", () => {
    const chosen = choices.find(({ checked }) => checked)?.value ?? "";
    crop.hidden = chosen === "";
    if (chosen === "" || whole.src === chosen) return;
    // Another picture has another focus.
    for (const image of [whole, cut]) image.src = chosen;
    automatic.checked = true;
    show();
  });
  show();
}
