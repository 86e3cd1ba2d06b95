// Copying a text, with a way out where the browser does not allow it.

/** Copy a text; resolves to whether it worked. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// Pages opened without https have no clipboard interface; the old command still works there.
function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hb-offscreen";
  area.readOnly = true;
  document.body.append(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  area.remove();
  return done;
}
