// Unfold asks SimpleBar where its menu stands; the desk has the browser's own scroll bars, so there is nothing to tell.
window.SimpleBar = { instances: new Map() };
