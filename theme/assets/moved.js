// Leads on from a former address at once, with its anchor, which the page's refresh would lose.
// Without scripts the refresh or the link in the page do.
location.replace(document.currentScript.dataset.target + location.search + location.hash);
