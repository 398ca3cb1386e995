// Progressive enhancement only: every page works without this file.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const root = document.documentElement;
  const say = (text) => {
    const live = $('#live');
    if (!live) return;
    live.textContent = '';
    requestAnimationFrame(() => { live.textContent = text; });
  };

  // Theme: auto, light, dark; in a cookie, so that the server renders it and nothing flashes.
  const order = ['auto', 'light', 'dark'];
  const labelTheme = () => $('[data-theme-toggle]')?.setAttribute('aria-label', `Color theme: ${root.dataset.theme || 'auto'}. Change`);
  const nextTheme = () => {
    const next = order[(order.indexOf(root.dataset.theme || 'auto') + 1) % order.length];
    root.dataset.theme = next;
    document.cookie = `theme=${next};path=/;max-age=31536000;samesite=lax`;
    labelTheme();
    say(`Color theme ${next}`);
  };

  const copy = (button) => navigator.clipboard.writeText(button.dataset.copy).then(() => {
    const label = $('[data-label]', button);
    if (label) label.textContent = 'Copied';
    say('Copied to clipboard');
  });

  document.addEventListener('click', (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at('[data-theme-toggle]')) nextTheme();
    if (at('[data-close]')) { event.preventDefault(); at('dialog')?.close(); }
    if (at('[data-copy]')) copy(at('[data-copy]'));
    if (at('[data-save]')) save(at('[data-save]'));
  });

  // A text to keep as a file, for instance a secret as .env; it never leaves the browser.
  const save = (button) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([button.dataset.save], { type: 'text/plain' }));
    link.download = button.dataset.name;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  // Times: the server sends UTC; show the reader's zone and keep UTC in the title.
  const locale = navigator.languages.find((language) => language.startsWith(root.lang)) || root.lang;
  const localTimes = () => document.querySelectorAll('time[datetime]:not([title])').forEach((time) => {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.valueOf())) return;
    time.title = time.textContent.trim();
    const zone = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(date).find((part) => part.type === 'timeZoneName');
    time.textContent = `${new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date)} ${zone?.value ?? ''}`;
  });

  // Filter of a list of check boxes.
  document.addEventListener('input', (event) => {
    const filter = event.target.closest('[data-filter]');
    if (filter) {
      const wanted = filter.value.trim().toLowerCase();
      let shown = 0;
      document.querySelectorAll(`#${filter.dataset.filter} label`).forEach((label) => {
        const hit = label.textContent.toLowerCase().includes(wanted);
        label.hidden = !hit;
        shown += hit;
      });
      say(`${shown} ${filter.dataset.what} shown`);
    }
    const counted = event.target.closest('[data-count]');
    if (counted) $(`#${counted.dataset.count}`).textContent = `${[...counted.value].length} of ${counted.maxLength} characters`;
  });

  // Unsaved changes; and a chosen file goes into the text area that is sent.
  let dirty = false;
  document.addEventListener('change', (event) => {
    const file = event.target.closest('[data-file-into]');
    if (file?.files[0]) file.files[0].text().then((text) => { $(`#${file.dataset.fileInto}`).value = text; say('File read'); });
    const form = event.target.closest('form[data-guard]');
    if (!form) return;
    dirty = true;
    const mark = $('[data-unsaved]', form);
    if (mark) mark.hidden = false;
  });
  addEventListener('beforeunload', (event) => { if (dirty) event.preventDefault(); });

  // A form is sent once.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    dirty = false;
    if (form.method !== 'post' || form.hasAttribute('hx-post')) return;
    if ('busy' in form.dataset) event.preventDefault();
    form.dataset.busy = '';
  });
  addEventListener('pageshow', () => document.querySelectorAll('[data-busy]').forEach((form) => { delete form.dataset.busy; }));

  document.addEventListener('keydown', (event) => {
    if (root.dataset.keys === 'off' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,textarea,select,[contenteditable]')) return;
    const search = event.key === '/' && $('[data-search]');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  });

  // A dialog that arrives is opened; a closed one goes away, and the focus returns to what asked for it.
  let opener = null;
  const openModal = () => {
    const modal = $('dialog[data-modal]');
    if (!modal || modal.open) return;
    if (document.activeElement !== document.body) opener = document.activeElement;
    const place = opener?.closest('[id]')?.id;
    modal.showModal();
    modal.addEventListener('close', () => {
      modal.remove();
      // What asked for it may have been replaced, for instance by a request that waits now.
      const successor = () => document.getElementById(place)?.querySelector('a, button');
      (opener?.isConnected ? opener : successor() || $('#main'))?.focus();
    });
  };

  const enhance = () => {
    localTimes();
    openModal();
    const problem = $('#problem');
    const inside = $('dialog[open] .dlg-body');
    if (inside && problem?.firstElementChild) inside.prepend(...problem.childNodes);
    const focus = $('[data-focus]');
    if (focus) { focus.removeAttribute('data-focus'); focus.focus(); }
  };
  document.addEventListener('htmx:after:swap', () => {
    document.title = ($('#error-summary') ? 'Error: ' : '') + document.title.replace(/^Error: /, '');
    enhance();
  });
  document.addEventListener('htmx:error', () => {
    const place = $('dialog[open] .dlg-body') || $('#problem');
    $('[data-offline]', place)?.remove();
    const note = $('#offline').content.firstElementChild.cloneNode(true);
    note.dataset.offline = '';
    place.prepend(note);
    note.focus();
  });
  // A code that was used, or a secret that was shown, does not come again with a reload or a bookmark.
  const address = $('[data-address]')?.dataset.address;
  if (address) history.replaceState(null, '', address);
  labelTheme();
  enhance();
})();
