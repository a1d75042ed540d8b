// The better part of pages that are complete without it: suggestions, a list to compare, copying a citation.
const said = document.getElementById("said");
const say = (text) => { said.textContent = ""; requestAnimationFrame(() => { said.textContent = text; }); };
const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// --- suggestions: a combobox with a listbox, as the ARIA Authoring Practices describe it ------------------
function combobox(input) {
  const list = element("ul", { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let asked = 0, waiting, request, options = [], active = -1;

  const close = () => {
    asked += 1;
    clearTimeout(waiting);
    request?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (number) => {
    options[active]?.removeAttribute("aria-selected");
    active = number;
    const option = options[active];
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const choose = (suggestion) => {
    const address = new URL(input.form.action);
    const given = suggestion.query ? { q: suggestion.query } : suggestion.filters;
    const kept = new FormData(input.form).get("lang");
    if (kept) address.searchParams.set("lang", kept);
    for (const [name, value] of Object.entries(given)) address.searchParams.set(name, value);
    if (suggestion.document) {
      address.pathname = `/documents/${suggestion.document}`;
      address.searchParams.delete("q");
    }
    location.assign(address);
  };
  const show = (suggestions) => {
    options = suggestions.map((suggestion, number) => {
      const option = element("li", { id: `suggestion-${number}` },
        element("span", { textContent: suggestion.text, dir: "auto" }),
        element("span", { className: "what", textContent: suggestion.explanation, dir: "auto" }));
      option.setAttribute("role", "option");
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(suggestion); });
      option.choose = () => choose(suggestion);
      return option;
    });
    list.replaceChildren(...options);
    active = -1;
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!!options.length));
    input.removeAttribute("aria-activedescendant");
    say(options.length ? input.dataset.found.replace("{n}", options.length) : input.dataset.none);
  };
  const ask = async () => {
    const number = ++asked;
    request?.abort();
    request = new AbortController();
    const query = new URLSearchParams({ q: input.value, limit: 8, lang: document.documentElement.lang });
    try {
      const answer = await fetch(`${input.dataset.suggest}?${query}`, { signal: request.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (number === asked) show(found);
    } catch { /* without suggestions one can still search */ }
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (input.value.trim()) waiting = setTimeout(ask, 150); else close();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" && !open && input.value.trim()) { event.preventDefault(); ask(); return; }
    if (!open) return;
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) { mark(-1); return; } // back in the text
    const last = options.length - 1;
    const moves = {
      ArrowDown: () => mark(active < last ? active + 1 : 0),
      ArrowUp: () => mark(active > 0 ? active - 1 : last),
      Escape: close,
      Enter: active < 0 ? undefined : () => options[active].choose(),
    };
    if (moves[event.key]) { event.preventDefault(); moves[event.key](); }
  });
}

// --- a list of practices to compare, kept in this tab alone ----------------------------------------------
const KEY = "compare", MOST = 5;
const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; } };
function tray(box) {
  const list = box.querySelector("ul"), go = box.querySelector("a"), clear = box.querySelector("button");
  const write = (chosen) => { try { sessionStorage.setItem(KEY, JSON.stringify(chosen)); } catch { /* full or off */ } };
  const draw = () => {
    const chosen = read();
    box.hidden = !chosen.length;
    list.replaceChildren(...chosen.map(({ id, title }) => {
      const remove = element("button", { type: "button", textContent: "×", className: "remove" });
      remove.setAttribute("aria-label", box.dataset.remove.replace("{title}", title));
      remove.addEventListener("click", () => { write(read().filter((other) => other.id !== id)); draw(); });
      return element("li", {}, element("span", { textContent: title, dir: "auto" }), remove);
    }));
    const address = new URL(box.dataset.to, location.href);
    for (const { id } of chosen) address.searchParams.append("document", id);
    go.href = address;
  };
  clear.addEventListener("click", () => { write([]); draw(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-compare]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const chosen = read(), { id, title } = link.dataset;
    if (!chosen.some((other) => other.id === id)) {
      if (chosen.length === MOST) { say(box.dataset.full); return; }
      chosen.push({ id, title });
      write(chosen);
      draw();
    }
    say(box.dataset.added.replace("{n}", chosen.length));
  });
  addEventListener("pageshow", draw);
  draw();
}

// --- copying a citation ---------------------------------------------------------------------------------
function copier(button) {
  const text = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
    say(button.dataset.done);
    setTimeout(() => { button.textContent = text; }, 2000);
  });
}

for (const input of document.querySelectorAll("input[data-suggest]")) combobox(input);
for (const button of document.querySelectorAll("button[data-copy]")) copier(button);
tray(document.getElementById("tray"));
