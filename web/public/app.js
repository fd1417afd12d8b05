// What makes the pages quicker to use; without it everything can still be read, filled in and moved.
'use strict';

document.documentElement.classList.add('scripted');

const first = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// The secret of a mailed link stands behind the #: it goes into the form, and away from the address.

function takeSecretFromAddress() {
  const field = first('[data-from-hash]');
  if (!field || location.hash.length < 2) return;
  field.value = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
}

// What was refused came in answer to a form: from here on its address is that of the page that the form stands on.

const isRefusedForm = first('link[rel=canonical]') !== null;

function takeAddressOfPage() {
  if (isRefusedForm) history.replaceState(null, '', first('link[rel=canonical]').href);
}

// Messages

/** Shows a message in the place for messages, where screen readers are listening. */
function tell(kind, ...what) {
  const told = document.createElement('p');
  told.className = `flash ${kind}`;
  told.setAttribute('role', kind === 'refused' ? 'alert' : 'status');
  told.append(...what);
  first('#flash').append(told);
  return told;
}

function tellFailure(text) {
  first('#failure')?.remove();
  tell('refused', text).id = 'failure';
}

const UNREACHED = 'No answer came from the server. Look whether you are connected, then try again.';

// Forms: each is sent once at a time.

const LONGEST_MS = 20_000;
const underWay = new WeakSet();

function setUnderWay(form, isUnderWay) {
  if (isUnderWay) underWay.add(form);
  else underWay.delete(form);
  for (const button of all('button:not([type=button])', form)) {
    // Unlike `disabled` it leaves the focus where it is.
    if (isUnderWay) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
  }
}

document.addEventListener(
  'click',
  (event) => {
    // The second half of a double click is none of its own: by then another button may stand there.
    if (event.detail > 1 && event.target.closest('form[method=post] button:not([type=button])')) event.preventDefault();
  },
  true,
);

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!form.matches('[method=post]')) return;
    if (underWay.has(form) || !navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!navigator.onLine) tellFailure(UNREACHED);
      return;
    }
    setUnderWay(form, true);
    // Whoever stops the browser meanwhile may try again.
    setTimeout(setUnderWay, LONGEST_MS, form, false);
  },
  true,
);

document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  if (ctx.request.form) setUnderWay(ctx.request.form, false);
});

// A page that comes back from the browser's memory was left while its form was under way.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) for (const form of document.forms) setUnderWay(form, false);
});

/** What this page asks for by itself fails in silence: it asks again when it hears of the next change. */
const isAskedByPerson = ({ detail: { ctx } }) => ctx.sourceElement !== document.body;

document.addEventListener('htmx:error', (event) => {
  if (event.detail.ctx && isAskedByPerson(event)) tellFailure(UNREACHED);
});

document.addEventListener('htmx:before:request', () => first('#failure')?.remove());

// Keys

const isTyping = (element) => element.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
const currentRow = () => first('[data-row].current');
const inCurrentRow = (selector) => first(`[data-row].current ${selector}`);

function goToRow(step) {
  const rows = all('[data-row]');
  if (rows.length === 0) return;
  const at = rows.indexOf(currentRow());
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  for (const row of rows) row.classList.toggle('current', row === next);
  first('a', next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

const help = () => first('#help')?.showModal();

const KEYS = {
  '/': () => first('#search')?.focus(),
  '?': help,
  j: () => goToRow(1),
  k: () => goToRow(-1),
  x: () => inCurrentRow('input[type=checkbox]')?.click(),
  f: () => addCondition(),
  n: () => inCurrentRow('[data-next-step]')?.focus(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || first('dialog[open]')) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-help]')) help();
  for (const open of all('details.menu[open], details.popover[open]')) if (!open.contains(event.target)) open.open = false;
});

// What opens below its button closes by Escape, and gives the focus back.

document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && event.target.closest('details.menu[open], details.popover[open]');
  if (!open) return;
  open.open = false;
  first('summary', open).focus();
});

// The filter of a list: fields are found by typing, and what was chosen stays where it was.

/** Shows the fields whose names hold a text. */
function showFields(panel, text) {
  for (const button of all('button', panel)) button.hidden = !button.textContent.toLowerCase().includes(text);
  for (const part of all('.part', panel)) part.hidden = all('button:not([hidden])', part).length === 0;
}

function startFinding(details) {
  const search = details?.open && first('[data-find-field]', details);
  if (!search || document.activeElement === search) return;
  search.value = '';
  showFields(details, '');
  search.focus();
}

/** At once: what is typed next is the name of a field. */
function addCondition() {
  const details = first('[data-add-condition]')?.parentElement;
  if (!details) return;
  details.open = true;
  startFinding(details);
}

document.addEventListener('toggle', ({ target }) => startFinding(target), true);

document.addEventListener(
  'input',
  (event) => {
    if (!event.target.matches('[data-find-field]')) return;
    // Which field is looked for is no part of what is asked.
    event.stopImmediatePropagation();
    showFields(event.target.closest('.panel'), event.target.value.trim().toLowerCase());
  },
  true,
);

document.addEventListener('keydown', (event) => {
  if (!event.target.matches('[data-find-field]') || event.key !== 'Enter') return;
  event.preventDefault();
  first('button:not([hidden])', event.target.closest('.panel'))?.click();
});

let kept = [];
let addedTo;

// An answer that somebody has gone on from meanwhile is left: the next one is on its way.
let isOutdated = false;
document.addEventListener('input', ({ target }) => {
  if (target.closest('[data-finder] [role=search]')) isOutdated = true;
});
document.addEventListener('htmx:before:request', () => (isOutdated = false));

document.addEventListener('htmx:before:swap', (event) => {
  const { tasks, ctx } = event.detail;
  if (tasks.some(({ type, fragment }) => type === 'main' && fragment.childElementCount === 0)) {
    // A refusal is a page of its own: the part that was asked for stays, and who asked for it is led there.
    event.preventDefault();
    if (event.target.matches('[role=search]')) location.assign(ctx.response.raw.url);
    else if (isAskedByPerson(event)) tellFailure(refusalIn(ctx.text));
    return;
  }
  if (isOutdated && event.target.closest('[data-finder]')) {
    event.preventDefault();
    return;
  }
  kept = all('details[data-keep-open][open]').map(({ id }) => id);
  addedTo = document.activeElement?.closest('.fields-panel')?.parentElement.id;
});

/** What the page of a refusal says. */
function refusalIn(html) {
  const said = new DOMParser().parseFromString(html, 'text/html').querySelector('main h1 + p');
  return said?.textContent ?? 'That did not work. Load the page anew, then try again.';
}

/** A browser keeps what was chosen in a field that stays on the page: the page that came says what holds now. */
function showWhatCame() {
  const finder = first('[data-finder]');
  if (!finder) return;
  for (const option of all('select option', finder)) option.selected = option.defaultSelected;
  for (const box of all('input[type=checkbox]', first('[data-builder]', finder))) box.checked = box.defaultChecked;
  for (const id of kept) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
  const group = addedTo && document.getElementById(addedTo)?.closest('[data-group]');
  if (group) all('[data-value]', group).at(-1)?.focus();
  else if (document.activeElement === document.body) first('[data-add-condition]', finder)?.focus();
  addedTo = undefined;
}

// Selection

const boxes = () => all('tbody input[type=checkbox][name=ids], tbody input[type=checkbox][name=clientIds]');
const selected = () => boxes().filter((box) => box.checked);

function showSelection() {
  const bar = first('.bulk');
  if (!bar) return;
  const count = selected().length;
  bar.classList.toggle('idle', count === 0);
  first('[data-selected]', bar).textContent = `${count} selected`;
  const selectAll = first('[data-select-all]');
  if (selectAll) {
    selectAll.checked = count > 0 && count === boxes().length;
    selectAll.indeterminate = count > 0 && count < boxes().length;
  }
}

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-select-all]')) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches('input[type=checkbox]')) showSelection();
});

// Live: what others change shows by itself, but never under a form that somebody is filling in.

const REFRESH_AFTER_MS = 400;
let events;
let isStale = false;
let timer;

function region() {
  const list = first('[data-live]');
  if (list) return { element: list, concerns: ({ kind }) => list.dataset.live.split(' ').includes(kind) };
  const filings = first('[data-live-filings]');
  return filings && { element: filings, concerns: ({ filingId }) => filings.dataset.liveFilings.split(' ').includes(filingId) };
}

// Panels that came open are no sign of work; those that somebody opened are.
const openedByHand = new WeakSet();
document.addEventListener('click', ({ target }) => {
  const summary = target.closest('summary');
  if (summary) openedByHand.add(summary.parentElement);
});

/** Where what comes is shown: the list, or all that is on the page. */
const placeOf = ({ element }) => (element.id ? element : first('#main'));

/** Whether somebody is at work on this page: boxes ticked, a form begun or opened or refused, a field with the cursor in it. */
function isBusy(live) {
  if (isRefusedForm || selected().length > 0 || first('dialog[open]')) return true;
  if (all('details[open]', placeOf(live)).some((panel) => openedByHand.has(panel) && first('form[method=post]', panel)))
    return true;
  if (document.activeElement && first('main')?.contains(document.activeElement) && isTyping(document.activeElement)) return true;
  return all('main form[method=post]').some((form) => [...form.elements].some(isFilledIn));
}

/** Whether a field holds something else than when the page came. */
function isFilledIn(field) {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.tagName === 'SELECT') return [...field.options].some((option) => option.defaultSelected && !option.selected);
  return ['INPUT', 'TEXTAREA'].includes(field.tagName) && field.type !== 'hidden' && field.value !== field.defaultValue;
}

function tellStale() {
  if (first('#stale')) return;
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = 'Show it';
  tell('waiting', 'Somebody has changed something here meanwhile. ', link).id = 'stale';
}

function refresh() {
  const live = region();
  if (!live) return;
  if (isBusy(live)) {
    tellStale();
    return;
  }
  isStale = false;
  const path = location.pathname + location.search;
  const target = `#${placeOf(live).id}`;
  window.htmx.ajax('GET', path, { target, select: target, swap: 'outerMorph' });
}

function changed() {
  isStale = true;
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(refresh, REFRESH_AFTER_MS);
}

/** Shows how many notifications are unread; it stands beside every form, so that it may change at any time. */
function showUnread(unread) {
  const place = first('[data-unread]');
  const shown = Number.parseInt(place.textContent, 10) || 0;
  if (shown === unread) return;
  place.replaceChildren();
  if (unread > 0) {
    const count = document.createElement('span');
    count.className = 'count';
    const said = document.createElement('span');
    said.className = 'sr';
    said.textContent = ' unread';
    count.append(String(unread), said);
    place.append(count);
  }
  if (region()?.concerns({ kind: 'NOTIFICATION' })) changed();
}

/** One stream for the tab that is looked at: a browser opens few connections to one site. */
function listen() {
  if (events || !first('[data-unread]')) return;
  let wasReady = false;
  events = new EventSource('/api/v1/events');
  events.addEventListener('ready', () => {
    if (wasReady) changed();
    wasReady = true;
  });
  events.addEventListener('missed', changed);
  events.addEventListener('notification', (event) => showUnread(JSON.parse(event.data).unread));
  events.addEventListener('filing', (event) => {
    if (region()?.concerns(JSON.parse(event.data))) changed();
  });
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    events?.close();
    events = undefined;
    isStale = true;
  } else {
    listen();
    if (isStale) changed();
  }
});

// Typing into a filter changes the address: a view is saved as it is shown.
document.addEventListener('submit', (event) => {
  const query = first('[data-query]', event.target);
  if (query) query.value = location.search.slice(1);
});

document.addEventListener('htmx:after:swap', () => {
  showWhatCame();
  showSelection();
});

takeSecretFromAddress();
takeAddressOfPage();
showSelection();
listen();
