// The sentence box: colours each word as it is typed, proposes the next ones, commits on Enter or the
// button. Proposals: arrows choose, Enter or Tab takes, Escape closes; Tab without a choice takes the
// first only inside a word, so that it always leads out of the box in the end.
// `data`: text and version (Python owns the text only when the version is new), account (spans,
// status, legend), ticket, language, and the labels.
const KINDS = ['who', 'where', 'did', 'when', 'consent', 'corrected', 'unknown', 'aside'];
const held = new WeakMap(); // parentElement -> what outlives a rerun

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const find = (id) => parentElement.querySelector('#' + id);
  const box = find('box');
  const status = find('status');
  const legend = find('legend');
  const ask = find('ask');
  const next = find('next');
  let own = held.get(parentElement);
  if (!own) {
    own = { seq: 0, shown: 0, abort: null, version: null, language: null, spans: [],
      proposals: [], chosen: -1, asking: null };
    held.set(parentElement, own);
  }

  const paint = (spans) => {
    own.spans = spans;
    const node = box.firstChild; // plaintext-only: one text node
    const ranges = Object.fromEntries(KINDS.map((kind) => [kind, []]));
    if (node && node.nodeType === 3) {
      for (const span of spans) {
        if (span.end > node.length) continue;
        for (const kind of span.kinds) {
          const range = new Range();
          range.setStart(node, span.start);
          range.setEnd(node, span.end);
          ranges[kind]?.push(range);
        }
      }
    }
    for (const kind of KINDS) CSS.highlights.set('krets-' + kind, new Highlight(...ranges[kind]));
  };

  const tell = (account) => {
    paint(account.spans);
    status.textContent = account.status;
    status.classList.toggle('lacking', account.lacking);
    legend.replaceChildren(
      ...account.legend.map(({ kind, label }) => {
        const item = document.createElement('span');
        item.className = kind;
        item.textContent = label;
        return item;
      }),
    );
  };

  const interpret = async () => {
    own.abort?.abort();
    own.abort = new AbortController();
    const seq = ++own.seq;
    try {
      const answer = await fetch('/api/interpret', {
        method: 'POST',
        signal: own.abort.signal,
        headers: { 'content-type': 'application/json', 'x-krets-ticket': data.ticket },
        body: JSON.stringify({ text: box.textContent, language: data.language }),
      });
      if (!answer.ok) return;
      const account = await answer.json();
      if (seq < own.shown) return;
      own.shown = seq;
      tell(account);
    } catch (error) {
      if (error.name !== 'AbortError') status.textContent = data.sorry;
    }
  };

  const choose = (index) => {
    own.chosen = index;
    [...next.children].forEach((item, at) => item.setAttribute('aria-selected', at === index));
    if (index < 0) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', next.children[index].id);
  };

  const offer = (proposals) => {
    own.proposals = proposals;
    next.replaceChildren(
      ...proposals.map(({ text, kind }, at) => {
        const item = document.createElement('li');
        item.id = 'next-' + at;
        item.role = 'option';
        item.append(text);
        const told = document.createElement('span');
        told.className = 'kind';
        told.textContent = kind;
        item.append(told);
        item.onmousedown = (event) => {
          event.preventDefault(); // the caret stays in the box
          take(at);
        };
        return item;
      }),
    );
    next.hidden = !proposals.length;
    box.setAttribute('aria-expanded', !next.hidden);
    choose(-1);
  };

  const close = () => {
    own.asking?.abort();
    offer([]);
  };

  // What is typed on leaves only those that still go on with it, and nothing chosen: the list of an
  // older text must never be taken in place of what was typed since.
  const narrow = () => {
    const text = box.textContent.toLowerCase();
    offer(own.proposals.filter(({ sentence }) => sentence.toLowerCase().startsWith(text)));
  };

  const atEnd = () => {
    const root = box.getRootNode();
    const range = document.getSelection().getComposedRanges?.({ shadowRoots: [root] })[0];
    return !range || (box.contains(range.endContainer)
      && (range.endContainer === box || range.endOffset === box.textContent.length));
  };

  const propose = async () => {
    own.asking?.abort();
    if (!atEnd()) return offer([]);
    own.asking = new AbortController();
    const text = box.textContent;
    try {
      const answer = await fetch('/api/complete', {
        method: 'POST',
        signal: own.asking.signal,
        headers: { 'content-type': 'application/json', 'x-krets-ticket': data.ticket },
        body: JSON.stringify({ text, language: data.language }),
      });
      const proposals = answer.ok ? await answer.json() : [];
      if (text === box.textContent && box.matches(':focus')) offer(proposals);
    } catch (error) {
      if (error.name !== 'AbortError') offer([]);
    }
  };

  const take = (at) => {
    box.textContent = own.proposals[at].sentence;
    close();
    const range = new Range();
    range.selectNodeContents(box);
    range.collapse(false);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    interpret();
    propose();
  };

  box.setAttribute('aria-label', data.label);
  next.setAttribute('aria-label', data.next);
  box.dataset.hint = data.hint;
  ask.textContent = data.ask;
  const fresh = own.version !== data.version;
  if (fresh) {
    own.version = data.version;
    own.abort?.abort();
    own.shown = ++own.seq;
    box.textContent = data.text;
    close();
  }
  // While the person types, the words on the screen are newer than Python's: ask again instead.
  if (box.textContent === data.text) tell(data.account);
  else if (own.language !== data.language) interpret();
  own.language = data.language;

  const send = () => {
    const text = box.textContent.trim();
    close();
    if (text) setTriggerValue('asked', text);
    else box.focus();
  };
  const typed = () => {
    interpret();
    narrow();
    if (box.textContent.trim()) propose();
    else close();
  };
  box.oninput = (event) => {
    const one = box.childNodes.length === 1 && box.firstChild.nodeType === 3;
    if (!one) box.textContent = box.textContent;
    if (event.isComposing) return;
    typed();
  };
  box.oncompositionend = () => typed();
  box.onblur = close;
  box.onclick = close;
  box.onkeydown = (event) => {
    if (event.isComposing) return;
    const count = own.proposals.length;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (arrow && count) {
      event.preventDefault();
      choose((own.chosen + arrow + (own.chosen < 0 && arrow < 0 ? 1 : 0) + count) % count);
      return;
    }
    if (event.key === 'ArrowDown' && atEnd()) propose();
    if (event.key === 'Escape' && count) {
      event.preventDefault();
      close();
      return;
    }
    const inWord = /\S$/.test(box.textContent);
    const takes = event.key === 'Enter' || event.key === 'Tab';
    const at = event.key === 'Tab' && own.chosen < 0 && inWord && count ? 0 : own.chosen;
    if (takes && !event.shiftKey && at >= 0) {
      event.preventDefault();
      take(at);
      return;
    }
    if (['ArrowLeft', 'Home', 'PageUp', 'PageDown'].includes(event.key)) close();
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  };
  box.onmousemove = (event) => {
    const at = document.caretPositionFromPoint?.(event.clientX, event.clientY,
      { shadowRoots: [box.getRootNode()] });
    const inside = at && at.offsetNode === box.firstChild;
    const span = inside && own.spans.find((each) => each.start <= at.offset && at.offset <= each.end);
    box.title = span ? span.says : '';
  };
  ask.onclick = send;
  return () => {
    own.abort?.abort();
    own.asking?.abort();
    for (const kind of KINDS) CSS.highlights.delete('krets-' + kind);
  };
}
