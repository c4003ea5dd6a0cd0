// A download that is made at the click: the session's ticket is swapped for a one-use address, so
// that nothing is written before and no address can be used twice.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector('button');
  const alert = parentElement.querySelector('[role=alert]');
  button.textContent = data.label;
  button.onclick = async () => {
    button.disabled = true;
    alert.textContent = '';
    try {
      const answer = await fetch('/api/exports', {
        method: 'POST',
        headers: { 'x-krets-ticket': data.ticket },
      });
      if (!answer.ok) {
        alert.textContent = data.sorry;
        return;
      }
      const { url } = await answer.json();
      Object.assign(document.createElement('a'), { href: url, download: '' }).click();
    } catch {
      alert.textContent = data.sorry;
    } finally {
      button.disabled = false;
    }
  };
}
