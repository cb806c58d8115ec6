// Before the first paint: the scheme that was chosen, else that of the system.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('burnish-scheme');
  } catch {
    // Storage is blocked: the scheme of the system.
  }
  if (chosen === 'dark' || chosen === 'light') {
    document.documentElement.dataset.scheme = chosen;
  }
})();
