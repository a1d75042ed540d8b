// <learncities-search>: a search box for any website, over the public API of a resource centre.
// One file without imports, because the integrity hash of a script covers that file alone.

const HERE = new URL(".", import.meta.url);
const LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"];
const FILTERS = [
  "theme", "sdg", "region", "country", "city", "city-size", "income", "target-group", "evidence", "language", "kind",
  "year-from", "year-to",
];
const TYPING_MS = 150; // a pause that long ends a burst of typing
const TIMEOUT_MS = 15_000;
const DEFAULT_WAIT_S = 5; // where a busy server does not say how long, or its host hides the header
const LONGEST_WAIT_S = 60; // beyond it a reader is asked instead of kept waiting
const RETRIES = 2;

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host { display: block; }
:host([hidden]) { display: none; }
:host::before, :host::after { content: none !important; }
.root {
  /* Nothing of the host page is inherited but its custom properties and, so that both agree on dark, its colour scheme.
     Lines through or under its text go down into every box but an inline block, which .shell keeps being one. */
  all: initial; color-scheme: inherit; display: inline-block; vertical-align: top; position: relative; box-sizing: border-box; width: 100%; min-width: 0;
  --ink: var(--lc-ink, light-dark(#16242b, #e7eded)); --soft: var(--lc-soft, light-dark(#4d5f68, #a5b4b8));
  --line: var(--lc-line, light-dark(#d8dfe1, #33434a)); --card: var(--lc-card, light-dark(#fff, #18232a));
  --accent: var(--lc-accent, light-dark(#0c5a5e, #7cc7c4)); --on: var(--lc-accent-ink, light-dark(#fff, #0d1a1c));
  --tint: var(--lc-tint, light-dark(#e4f0ef, #1d3337)); --mark: var(--lc-mark, light-dark(#fde9b8, #5f4a13));
  --warn: var(--lc-warn, light-dark(#7a4207, #f0bd78)); --warn-tint: var(--lc-warn-tint, light-dark(#fdf3e3, #2d2414));
  --radius: var(--lc-radius, 8px);
  font-family: var(--lc-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", sans-serif);
  font-size: var(--lc-font-size, medium); line-height: 1.55; color: var(--ink); background: var(--lc-background, transparent);
  overflow-wrap: anywhere;
}
.shell { all: initial; color-scheme: inherit; display: block; width: 100%; min-width: 0; }
.root[data-scheme=light] { color-scheme: light; }
.root[data-scheme=dark] { color-scheme: dark; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
p, ul, ol, h2, h3, h4, h5, h6, blockquote { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: var(--accent); text-underline-offset: .18em; }
button, input { font: inherit; letter-spacing: inherit; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
form { display: flex; flex-wrap: wrap; gap: .5em; }
.label { flex: 1 0 100%; font-weight: 600; }
.box { position: relative; flex: 1 1 14em; min-width: 0; }
input { width: 100%; padding: .65em .8em; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: var(--radius); }
input::placeholder { color: var(--soft); opacity: 1; }
button { padding: .65em 1.2em; font-weight: 600; color: var(--on); background: var(--accent); border: 1px solid transparent; border-radius: var(--radius); cursor: pointer; }
button:hover { filter: brightness(1.08); }
button.plain { padding: .1em .2em; color: var(--accent); background: none; font-weight: inherit; text-decoration: underline; text-underline-offset: .18em; }
button.chip { padding: .25em .75em; border-radius: 2em; font-weight: inherit; font-size: .93em; min-height: 2em; }
.suggestions { position: absolute; z-index: 10; inset-inline: 0; top: calc(100% + .25em); max-height: 22em; overflow: auto; padding: .3em; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: 0 6px 24px rgb(0 0 0 / .18); }
.suggestions li { display: flex; flex-wrap: wrap; gap: 0 .8em; justify-content: space-between; align-items: baseline; padding: .4em .6em; border-radius: calc(var(--radius) - 3px); cursor: pointer; }
.suggestions li span:last-child { color: var(--soft); font-size: .85em; }
.suggestions li:hover { background: var(--tint); }
.suggestions [aria-selected=true], .suggestions [aria-selected=true] span:last-child { background: var(--accent); color: var(--on); }
.chips { display: flex; flex-wrap: wrap; gap: .4em; margin-top: .6em; }
.chips:empty { display: none; }
.count { margin-top: .9em; color: var(--soft); font-size: .93em; }
.notice { margin-top: .7em; padding: .6em .8em; background: var(--tint); border-radius: var(--radius); font-size: .93em; }
.error { margin-top: .8em; padding: .7em .9em; color: var(--warn); background: var(--warn-tint); border-radius: var(--radius); }
.error a, .error button.plain { color: inherit; }
.error .actions { display: flex; flex-wrap: wrap; gap: .2em 1.2em; margin-top: .3em; }
.results { display: grid; gap: .8em; margin-top: .8em; }
.results[aria-busy=true] { opacity: .6; }
.results:empty { display: none; }
.result { padding: .9em 1.1em; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); }
.title { font-size: 1.1em; line-height: 1.3; font-weight: 650; margin: .1em 0 .35em; }
.title a { color: var(--ink); text-decoration-color: var(--line); }
.title a:hover { color: var(--accent); text-decoration-color: currentColor; }
.place, .section, .note { color: var(--soft); font-size: .87em; }
.passage { margin: .5em 0; padding-inline-start: .8em; border-inline-start: 3px solid var(--line); font-size: .96em; }
mark { background: var(--mark); color: inherit; padding-inline: .1em; border-radius: .15em; }
.why, .source { margin-top: .35em; font-size: .9em; }
.note { margin-top: .35em; }
.more { margin-top: .9em; }
.credit { margin-top: .7em; color: var(--soft); font-size: .85em; }
.credit a { color: inherit; }
@media (forced-colors: active) { .suggestions [aria-selected=true] { outline: 2px solid Highlight; } mark { background: Mark; color: MarkText; } }
`);

/** The text in pieces [text, marked]. Offsets count code points, as the API's do; strings here count UTF-16 units. */
export function pieces(text, highlights) {
  const units = [0];
  for (const point of text) units.push(units.at(-1) + point.length);
  const unit = (point) => units[Math.min(Math.max(point, 0), units.length - 1)];
  const found = [];
  let done = 0;
  for (const [from, to] of highlights) {
    const [start, end] = [Math.max(unit(from), done), unit(to)];
    if (end <= start) continue;
    if (start > done) found.push([text.slice(done, start), false]);
    found.push([text.slice(start, end), true]);
    done = end;
  }
  if (done < text.length) found.push([text.slice(done), false]);
  return found;
}

/** An element with its attributes and children; what is null or undefined is left out, and text is only ever text. */
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== ""));
  return node;
}

/** An element that the host page may style as ::part(name). */
const part = (tag, name, attributes, ...children) =>
  make(tag, { part: name, class: name, ...attributes }, ...children);

/** The address if it is one of the web; never javascript: or data:. */
function webAddress(address) {
  const url = address && URL.canParse(address) ? new URL(address) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

const link = (address, text, attributes) =>
  address ? make("a", { href: address, ...attributes }, text) : make("span", attributes, text);

/** An answer that is none: its status, what the server says of it, and how long it asks to wait. */
class Refusal extends Error {
  constructor(status, detail, wait) {
    super(detail);
    Object.assign(this, { status, wait });
  }
}

/** Seconds to wait as `Retry-After` gives them, a number or a date; null where it says nothing. */
function secondsToWait(header) {
  if (!header) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

class LearnCitiesSearch extends HTMLElement {
  static observedAttributes = ["endpoint", "lang", "limit", "placeholder", "label", "q", "heading-level", "scheme", ...FILTERS];

  #language = null; // of the interface that is shown
  #words = {};
  #ui = null; // the parts of the interface; null while the page's own form is shown
  #chosen = {}; // filters that the reader chose among the suggestions
  #suggestions = [];
  #active = -1;
  #search = new AbortController(); // what is under way, and what an aborted signal tells apart as stale
  #suggest = new AbortController();
  #busyUntil = 0;
  #searched = false;
  #starting = false;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [SHEET];
    // Until the words are there, and if they never come, the form inside the element stays as it is.
    shadow.append(make("slot"));
  }

  connectedCallback() { this.#start(); }

  disconnectedCallback() {
    this.#search.abort();
    this.#suggest.abort();
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after && this.isConnected) this.#start();
  }

  // --- starting -------------------------------------------------------------------------------------------------

  /** Build the interface anew, once for any number of attributes that change together. */
  async #start() {
    if (this.#starting) return;
    this.#starting = true;
    await null;
    this.#starting = false;
    const language = this.#wantedLanguage();
    try {
      if (language !== this.#language) {
        const answer = await fetch(new URL(`learncities-search/${language}.json`, HERE), { credentials: "omit" });
        if (!answer.ok) throw new Error(`no words for ${language}: status ${answer.status}`);
        const words = await answer.json();
        if (language !== this.#wantedLanguage()) return; // it changed meanwhile; the later call goes on
        [this.#words, this.#language] = [words, language];
      }
    } catch {
      return; // the form inside the element is what is left, and it works
    }
    if (this.isConnected) this.#build();
  }

  #wantedLanguage() {
    const wanted = this.getAttribute("lang") || this.closest("[lang]")?.lang || document.documentElement.lang;
    const primary = (wanted || "en").toLowerCase().split("-")[0];
    return LANGUAGES.includes(primary) ? primary : "en";
  }

  #build() {
    const own = this.querySelector("input[name=q]"); // what the host page's own form already says
    const typed = this.#ui ? this.#ui.input.value : (this.getAttribute("q") ?? own?.value ?? "");
    const ui = (this.#ui = this.#parts(own));
    ui.input.value = typed;
    ui.form.addEventListener("submit", (event) => { event.preventDefault(); this.#run(); });
    ui.input.addEventListener("input", (event) => { if (!event.isComposing) this.#typed(); });
    ui.input.addEventListener("compositionend", () => this.#typed());
    ui.input.addEventListener("keydown", (event) => this.#key(event));
    ui.input.addEventListener("blur", () => this.#close());
    ui.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
    ui.list.addEventListener("click", (event) => this.#choose([...ui.list.children].indexOf(event.target.closest("li"))));
    this.shadowRoot.replaceChildren(make("div", { class: "shell" }, ui.root));
    this.#close();
    this.#showChosen();
    if (this.#searched || this.hasAttribute("q")) this.#run();
  }

  #parts(own) {
    const words = this.#words;
    const input = part("input", "input", {
      id: "q", name: "q", type: "text", maxlength: 1000, dir: "auto", autocomplete: "off", autocapitalize: "none",
      enterkeyhint: "search", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": "list", placeholder: this.getAttribute("placeholder") ?? (own?.placeholder || words.placeholder),
    });
    const list = part("ul", "suggestions", { id: "list", role: "listbox", "aria-label": words.suggestions });
    list.hidden = true;
    const label = make("label", { part: "label", class: "label", for: "q" }, this.getAttribute("label") ?? words.label);
    const form = part("form", "form", { role: "search", action: this.#endpoint(), method: "get" },
      label, make("div", { class: "box" }, input, list), part("button", "button", {}, words.search));
    const chips = part("div", "chips");
    const live = make("p", { role: "status", class: "hidden" });
    const found = make("div");
    const results = part("ul", "results", { role: "list", "aria-label": words.results });
    const after = make("div");
    const host = new URL(this.#endpoint()).host;
    const credit = part("p", "credit", {}, link(this.#endpoint(), words.credit.replace("{host}", host)));
    const root = part("div", "root", {
      lang: this.#language, dir: this.#language === "ar" ? "rtl" : "ltr", "data-scheme": this.getAttribute("scheme"),
    }, make("slot", { name: "heading" }), form, chips, live, found, results, after, credit, make("slot", { name: "footer" }));
    return { root, form, input, list, chips, live, found, results, after };
  }

  // --- asking ---------------------------------------------------------------------------------------------------

  /** The address of the resource centre, with a slash at its end. */
  #endpoint() {
    const given = this.getAttribute("endpoint");
    const url = given && URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI) : new URL("..", HERE);
    return webAddress(url.origin + url.pathname.replace(/(\/api\/v1)?\/*$/, "/")) ?? new URL("..", HERE).href;
  }

  /** The filters that the page sets, `;` between several values, by their names in the API. */
  #fixed() {
    const given = FILTERS.map((name) => [name.replace("-", "_"), (this.getAttribute(name) ?? "").split(";")]);
    return given.flatMap(([name, values]) => values.map((value) => [name, value.trim()])).filter(([, value]) => value);
  }

  /** The question and its filters, as both the API and the search page take them. */
  #state() {
    const q = this.#ui.input.value.trim();
    return [...(q ? [["q", q]] : []), ...this.#fixed(), ...Object.entries(this.#chosen).map(([name, { value }]) => [name, value])];
  }

  /** A page of the resource centre, in the language of this element. */
  #page(path, pairs = []) {
    return new URL(`${path}?${new URLSearchParams([...pairs, ["lang", this.#language]])}`, this.#endpoint()).href;
  }

  async #ask(path, pairs, signal) {
    const url = new URL(`api/v1/${path}?${new URLSearchParams([...pairs, ["lang", this.#language]])}`, this.#endpoint());
    const answer = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: { Accept: "application/json" }, // one that makes no browser ask first
      credentials: "omit", referrerPolicy: "no-referrer",
    });
    if (answer.ok) return answer.json();
    const wait = secondsToWait(answer.headers.get("Retry-After"));
    if (answer.status === 429 || answer.status === 503) {
      this.#busyUntil = Date.now() + 1000 * (wait ?? DEFAULT_WAIT_S);
    }
    const problem = await answer.json().catch(() => ({}));
    throw new Refusal(answer.status, String(problem.detail ?? ""), wait);
  }

  /** Search for what the box holds; whatever was under way before is of no interest any more. */
  async #run(retries = RETRIES) {
    this.#close();
    this.#search.abort();
    const { signal } = (this.#search = new AbortController());
    this.#searched = true;
    this.#ui.results.setAttribute("aria-busy", "true");
    this.#ui.found.replaceChildren(part("p", "count", {}, this.#words.searching));
    try {
      await this.#quiet(signal);
      const limit = Math.min(Math.max(Number.parseInt(this.getAttribute("limit"), 10) || 5, 1), 50);
      const answer = await this.#ask("search", [...this.#state(), ["limit", limit]], signal);
      if (!signal.aborted) this.#show(answer);
    } catch (error) {
      if (signal.aborted) return;
      const busy = error.status === 429 || error.status === 503;
      if (busy && retries > 0 && this.#busyUntil - Date.now() <= 1000 * LONGEST_WAIT_S) this.#run(retries - 1);
      else this.#fail(error);
    }
  }

  /** Wait as long as a busy server asked for, and say so. */
  #quiet(signal) {
    const wait = this.#busyUntil - Date.now();
    if (wait <= 0) return null;
    const message = this.#counted("busy", Math.ceil(wait / 1000));
    this.#empty();
    this.#ui.found.append(part("p", "notice", {}, message));
    this.#say(message);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, wait);
      signal.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); });
    });
  }

  // --- suggestions: an editable combobox with a list, as the ARIA Authoring Practices describe it ----------------

  /** Ask for suggestions once the typing pauses; a later key makes an earlier answer stale. */
  async #typed(pause = TYPING_MS) {
    this.#suggest.abort();
    const { signal } = (this.#suggest = new AbortController());
    const q = this.#ui.input.value;
    if (pause && !q.trim()) return this.#close();
    try {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (signal.aborted || this.#busyUntil > Date.now()) return;
      const { suggestions } = await this.#ask("suggest", [["q", q.slice(0, 1000)], ["limit", "8"]], signal);
      if (!signal.aborted && this.#focused()) this.#open(suggestions);
    } catch {
      if (!signal.aborted) this.#close(); // the search works without them
    }
  }

  #focused() { return this.shadowRoot.activeElement === this.#ui.input; }

  #open(suggestions) {
    const fixed = new Set(this.#fixed().map(([name]) => name));
    this.#close();
    // A filter that the page has set is not the reader's to change.
    this.#suggestions = suggestions.filter(({ filters }) => !Object.keys(filters).some((name) => fixed.has(name)));
    if (!this.#suggestions.length) return;
    const { list, input } = this.#ui;
    list.append(...this.#suggestions.map((suggestion, number) =>
      part("li", "suggestion", { role: "option", id: `o${number}`, "aria-selected": "false" },
        make("span", { dir: "auto" }, suggestion.text), " ", make("span", { dir: "auto" }, suggestion.explanation))));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    this.#say(this.#counted("suggested", this.#suggestions.length));
  }

  #close() {
    this.#suggest.abort();
    [this.#suggestions, this.#active] = [[], -1];
    const { list, input } = this.#ui;
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (event.isComposing) return; // the keys belong to the input method
    const last = this.#suggestions.length - 1;
    const open = last >= 0;
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return this.#point(-1); // back in the text
    if (event.key === "ArrowDown" && !open) this.#typed(0);
    else if (event.key === "ArrowDown" && !event.altKey) this.#point(this.#active >= last ? 0 : this.#active + 1);
    else if (event.key === "ArrowUp" && event.altKey) this.#close();
    else if (event.key === "ArrowUp" && open) this.#point(this.#active <= 0 ? last : this.#active - 1);
    else if (event.key === "Enter" && this.#active >= 0) this.#choose(this.#active);
    else if (event.key === "Escape" && open) this.#close();
    else if (event.key === "Escape" && this.#ui.input.value) this.#ui.input.value = "";
    else return;
    event.preventDefault();
    event.stopPropagation(); // Escape closes the list, not the host page's dialog around it
  }

  #point(number) {
    const options = [...this.#ui.list.children];
    options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = number;
    if (number < 0) return this.#ui.input.removeAttribute("aria-activedescendant");
    options[number].setAttribute("aria-selected", "true");
    options[number].scrollIntoView({ block: "nearest" });
    this.#ui.input.setAttribute("aria-activedescendant", options[number].id);
  }

  #choose(number) {
    const suggestion = this.#suggestions[number];
    if (!suggestion) return;
    for (const [name, value] of Object.entries(suggestion.filters)) this.#chosen[name] = { value, label: suggestion.text };
    this.#ui.input.value = suggestion.query;
    this.#showChosen();
    this.#run();
  }

  #showChosen() {
    const chips = Object.entries(this.#chosen).map(([name, { label }]) => {
      const chip = make("button", { part: "chip", class: "chip", type: "button",
        "aria-label": this.#words.remove.replace("{name}", () => label) }, make("bdi", {}, label), " ×");
      chip.addEventListener("click", () => {
        delete this.#chosen[name];
        this.#showChosen();
        this.#ui.input.focus();
        this.#run();
      });
      return chip;
    });
    this.#ui.chips.replaceChildren(...chips);
  }

  // --- showing --------------------------------------------------------------------------------------------------

  #empty() {
    const { found, results, after } = this.#ui;
    for (const place of [found, results, after]) place.replaceChildren();
    results.removeAttribute("aria-busy");
  }

  #say(message) { this.#ui.live.textContent = message; }

  /** A text with a number in it, in the plural form that the language asks for. */
  #counted(key, number) {
    const forms = this.#words[key];
    const form = forms[new Intl.PluralRules(this.#language).select(number)] ?? forms.other;
    return form.replace("{n}", new Intl.NumberFormat(this.#language).format(number));
  }

  #show(answer) {
    const words = this.#words;
    const { found, results, after } = this.#ui;
    this.#empty();
    const some = answer.hits.length > 0;
    const counted = some ? this.#counted(answer.total_relation === "exact" ? "found" : "at_least", answer.total) : words.nothing;
    found.append(part("p", "count", {}, counted), ...this.#notices(answer).filter(Boolean));
    results.append(...(some ? answer.hits : answer.nearest).map((hit) => this.#result(hit)));
    if (answer.total > answer.hits.length && some) {
      after.append(part("p", "more", {}, link(this.#page("", this.#state()), this.#counted("more", answer.total))));
    }
    this.#say(counted);
  }

  #notices(answer) {
    const words = this.#words;
    const notice = (...content) => part("p", "notice", {}, ...content);
    const isolated = (text) => (this.#language === "ar" ? `\u2068${text}\u2069` : text); // a word of another script does not turn the sentence about
    const added = answer.expansions.map((expansion) => expansion.also.slice(0, 3).map(isolated).join(words.comma));
    const also = added.join(words.semicolon);
    return [
      ...answer.notices.map((text) => notice(text)),
      also && notice(words.also.replace("{words}", () => also), " ", answer.attribution),
      answer.did_you_mean && notice(this.#didYouMean(answer.did_you_mean)),
    ];
  }

  #didYouMean(better) {
    const button = make("button", { type: "button", class: "plain" }, this.#words.did_you_mean.replace("{q}", () => better));
    button.addEventListener("click", () => {
      this.#ui.input.value = better;
      this.#ui.input.focus();
      this.#run();
    });
    return button;
  }

  #result({ document: doc, passages, why, citation }) {
    const words = this.#words;
    const named = [...doc.cities, ...doc.countries].map(({ label }) => label);
    const places = (named.length ? named : [doc.publisher].filter(Boolean)).map((name) => make("bdi", {}, name));
    const place = places.flatMap((name, number) => (number ? [words.comma, name] : [name]));
    const level = /^[2-6]$/.test(this.getAttribute("heading-level")) ? this.getAttribute("heading-level") : "3";
    const own = this.#page(`documents/${encodeURIComponent(doc.id)}`);
    const quoted = passages.slice(0, 2).map((passage) => this.#passage(passage, doc.language));
    return part("li", "result", {},
      part("p", "place", {}, place, doc.year && place.length ? " · " : null, doc.year),
      part(`h${level}`, "title", { dir: "auto", lang: doc.language }, link(own, doc.title)),
      quoted.length ? quoted : part("p", "note", {}, words.link_only),
      why.length ? part("p", "why", {}, make("b", {}, words.why), " ", make("bdi", {}, why.join(" "))) : null,
      this.#source(citation),
      doc.rests_on.length ? part("p", "note", { dir: "auto" }, doc.rests_on.join(" ")) : null);
  }

  #passage({ text, section, page_label, url, highlights }, language) {
    const page = page_label ? link(webAddress(url), this.#words.page.replace("{n}", () => page_label)) : null;
    const heading = section.join(" › ");
    const marked = pieces(text, highlights).map(([piece, on]) => (on ? part("mark", "mark", {}, piece) : piece));
    return part("blockquote", "passage", { dir: "auto" },
      heading || page ? make("p", { class: "section" }, make("span", { lang: language }, heading), heading && page ? " · " : null, page) : null,
      make("p", { lang: language }, marked));
  }

  #source({ publisher, year, page, url }) {
    const address = webAddress(url);
    const name = publisher ?? (address && new URL(address).host);
    if (!name) return null;
    const words = this.#words;
    const rest = [page && words.page.replace("{n}", () => page), year].filter(Boolean).map((text) => words.comma + text);
    return part("p", "source", {}, make("b", {}, words.source), " ", make("bdi", {}, link(address, name, { rel: "noopener external" })), rest);
  }

  /** Say kindly what went wrong, and what can be done: again here, or on the resource centre's own page. */
  #fail(error) {
    const words = this.#words;
    this.#empty();
    const refused = error.status >= 400 && error.status < 500 && error.status !== 429;
    const busy = error.status === 429 || error.status === 503;
    const message = refused ? words.refused : busy ? words.busy_still : error.status ? words.broken : words.unreachable;
    const again = make("button", { type: "button", class: "plain" }, words.again);
    again.addEventListener("click", () => { this.#ui.input.focus(); this.#run(); });
    this.#ui.found.append(part("div", "error", {}, make("p", {}, message),
      refused && error.message ? make("p", { dir: "auto" }, error.message) : null,
      make("p", { class: "actions" }, refused ? null : again, link(this.#page("", this.#state()), words.open))));
    this.#say(message);
  }
}

if (!customElements.get("learncities-search")) customElements.define("learncities-search", LearnCitiesSearch);
