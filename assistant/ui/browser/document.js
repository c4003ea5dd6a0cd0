// What only the document itself can carry: its language, and the colour scheme for what Streamlit
// draws outside the app, as popovers.
export default function ({ data }) {
  const root = document.documentElement;
  const app = document.querySelector('[data-testid=stApp]');
  const settle = () => {
    root.lang = data.language;
    if (app) root.style.colorScheme = getComputedStyle(app).colorScheme;
  };
  settle();
  const later = () => setTimeout(settle, 100);
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', later);
  return () => scheme.removeEventListener('change', later);
}
