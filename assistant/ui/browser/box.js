// The sentence box: colours each word as it is typed, commits on Enter or the button.
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
  let own = held.get(parentElement);
  if (!own) {
    own = { seq: 0, shown: 0, abort: null, version: null, language: null, spans: [] };
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

  box.setAttribute('aria-label', data.label);
  box.dataset.hint = data.hint;
  ask.textContent = data.ask;
  const fresh = own.version !== data.version;
  if (fresh) {
    own.version = data.version;
    own.abort?.abort();
    own.shown = ++own.seq;
    box.textContent = data.text;
  }
  // While the person types, the words on the screen are newer than Python's: ask again instead.
  if (box.textContent === data.text) tell(data.account);
  else if (own.language !== data.language) interpret();
  own.language = data.language;

  const send = () => {
    const text = box.textContent.trim();
    if (text) setTriggerValue('asked', text);
    else box.focus();
  };
  box.oninput = (event) => {
    const one = box.childNodes.length === 1 && box.firstChild.nodeType === 3;
    if (!one) box.textContent = box.textContent;
    if (!event.isComposing) interpret();
  };
  box.oncompositionend = interpret;
  box.onkeydown = (event) => {
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
    for (const kind of KINDS) CSS.highlights.delete('krets-' + kind);
  };
}
