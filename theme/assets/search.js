// The search page: the query is in the address, so that a search can be shared and
// «back» finds it again. Nothing of the index loads before there is a query.

import { fold, undecoded } from "./words.js";

const MOST = 20;
const box = document.getElementById("q");
const list = document.getElementById("search-results");
const status = document.getElementById("search-status");
const root = list.dataset.root;
const query = new URLSearchParams(location.search).get("q")?.normalize("NFC").trim() ?? "";

// The index gives addresses from the site's root; the site may live in a folder.
const localAddress = (address) => root + address.replace(/^\//, "");

const row = (result) => {
  const item = document.createElement("li");
  item.className = "card";
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  link.href = localAddress(result.url);
  link.textContent = result.meta.title;
  heading.append(link);
  const excerpt = document.createElement("p");
  excerpt.innerHTML = result.excerpt; // Pagefind escapes all but its own <mark>
  item.append(heading, excerpt);
  return item;
};

const search = async (pagefind, words) => {
  const { results } = await pagefind.search(words);
  return Promise.all(results.slice(0, MOST).map((result) => result.data()));
};

const run = async () => {
  box.value = query;
  if (!query) return;
  document.title = `${query} · ${document.title}`;
  status.textContent = "Đang tìm…";
  const pagefind = await import(new URL(`${root}pagefind/pagefind.js`, location.href).href);
  await pagefind.options({ baseUrl: "/", excerptLength: 30 });
  let told = "";
  let found = await search(pagefind, query);
  if (!found.length) found = await search(pagefind, fold(query));
  if (!found.length && undecoded(query) !== fold(query)) {
    found = await search(pagefind, undecoded(query));
    told = ` Đã thử đọc như chữ gõ Telex hoặc VNI: «${undecoded(query)}».`;
  }
  status.textContent = found.length
    ? `${found.length === MOST ? `${MOST} kết quả đầu tiên` : `${found.length} kết quả`} cho «${query}».${told}`
    : `Không tìm thấy trang nào cho «${query}». Thử ít chữ hơn, hoặc mở theo danh mục bên dưới.`;
  list.replaceChildren(...found.map(row));
};

run().catch((error) => {
  status.textContent = "Không mở được chỉ mục tìm kiếm. Hãy tải lại trang, hoặc mở theo danh mục bên dưới.";
  throw error;
});
