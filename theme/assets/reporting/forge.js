// Addresses on the office's forge that open a page with everything filled in. Nothing is sent:
// whoever opens one still has to press the forge's own button.

const LONGEST = 7500; // bytes; a few servers refuse longer addresses

const query = (values) =>
  Object.entries(values)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");

const NEW_FILE = {
  github: ({ url, branch }, path, content) =>
    `${url}/new/${branch}?${query({ filename: path, value: content })}`,
  gitlab: ({ url, branch }, path, content) =>
    `${url}/-/new/${branch}?${query({ file_name: path, content })}`,
  gitea: ({ url, branch }, path, content) => {
    const folder = path.split("/").slice(0, -1).join("/");
    const filename = path.split("/").pop();
    return `${url}/_new/${branch}/${folder}?${query({ filename, value: content })}`;
  },
};

const NEW_ISSUE = {
  github: ({ url }, title, body) => `${url}/issues/new?${query({ title, body })}`,
  gitlab: ({ url }, title, body) =>
    `${url}/-/issues/new?${query({ "issue[title]": title, "issue[description]": body })}`,
  gitea: ({ url }, title, body) => `${url}/issues/new?${query({ title, body })}`,
};

// An address that is too long opens the page without the content, which is then pasted.
const shortest = (make, first, content) => {
  const whole = make(first, content);
  return whole.length < LONGEST
    ? { address: whole, complete: true }
    : { address: make(first, ""), complete: false };
};

export const newFile = (forge, path, content) =>
  shortest((first, rest) => NEW_FILE[forge.kind](forge, first, rest), path, content);

export const newIssue = (forge, title, body) =>
  shortest((first, rest) => NEW_ISSUE[forge.kind](forge, first, rest), title, body);

// The forge that a page names in its data attributes; null where it names none.
export const readForge = ({ forgeKind, forgeUrl, forgeBranch, forgeFolder }) =>
  forgeUrl ? { kind: forgeKind, url: forgeUrl, branch: forgeBranch, folder: forgeFolder } : null;
