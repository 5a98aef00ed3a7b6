import { watchButtons, watchTaps } from "./controls/buttons.ts";
import { keyActions } from "./controls/key-actions.ts";
import { watchKeys } from "./controls/keys.ts";
import { watchMenus } from "./controls/menus.ts";
import { watchForms } from "./kept-form.ts";
import { watchClock, watchOthers } from "./live.ts";
import { watchMoves } from "./moving/moves.ts";
import { watchOffice } from "./office.ts";
import { maybe } from "./page.ts";
import { watchChecks } from "./panes/checks.ts";
import { watchPreview } from "./panes/preview.ts";
import { watchSide } from "./panes/side.ts";
import { hideMissingPictures } from "./pictures.ts";
import { openSaving } from "./saving/saving.ts";
import { watchSheet } from "./sheet/sheet.ts";
import { openStore } from "./store.ts";
import { watchTestSend } from "./test-send.ts";
import { watchTexts } from "./texts/texts.ts";

watchMenus();
const page = maybe(document, "[data-desk]", HTMLElement);
if (page) startEditing(page);
else {
  watchForms();
  watchOffice();
}

function startEditing(desk: HTMLElement): void {
  desk.classList.add("live");
  const store = openStore(`${desk.dataset.path} ${desk.dataset.person}`);
  const settings = openStore(desk.dataset.person ?? "");
  const saving = openSaving(desk, store);
  const texts = watchTexts(desk, saving, store);
  const moves = watchMoves(desk, saving);
  const preview = watchPreview(desk, saving, settings);
  const sheet = watchSheet(desk, saving);
  const side = watchSide(desk, saving, settings, sheet);
  watchTestSend(desk, saving, settings);
  watchChecks(desk, saving, side);
  watchOthers(desk, saving, store);
  watchClock(desk, saving);
  watchButtons(desk, saving, moves, side);
  watchTaps(desk);
  hideMissingPictures(desk);
  watchKeys(desk, settings, keyActions(desk, { moves, side, sheet }), (n) => {
    side.open("preview");
    preview.nth(n);
  });
  texts.restore();
  saving.resume();
}
