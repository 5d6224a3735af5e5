"""Security headers: what a browser may do with the pages of this site.

Comes in: the path that the site has on its host. Goes out: `_headers`, which Netlify and
Cloudflare Pages read; the same for nginx; and a narrower policy that every page carries
itself, so that it also holds where nobody can set headers. A browser obeys both: what one
forbids stays forbidden.

Text of `plans/` is escaped wherever it lands; this holds
should that have a gap. Scripts and styles are files of the site, none stands inside a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from congkhai.model import routes

_POLICY: dict[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
_NO_FRAME = "frame-ancestors 'none'"
"""A browser takes this from a header only, not from a page. Hosts join it to the policy of all
pages, and a browser obeys both; what other sites may frame goes without."""
_FRAMED = routes.EMBEDS

_KEEP = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, max-age=0, must-revalidate"
_HASHED = ("assets/js/", "assets/tim/")
"""Folders of the site with files whose name changes with their content."""
OPEN_FILES = ("csv", "ics", "json", "jsonld", "md", "ttl", "xlsx", "xml", "yml")
"""Endings of files that scripts of other sites may read: data, feeds, calendars; no page."""
_TEXTS = (
    "text/plain text/csv text/css text/xml text/calendar text/javascript application/javascript"
    " application/json application/ld+json text/turtle text/markdown"
)
"""Types of the site's text files besides HTML, by nginx's names, which changed for scripts."""


def page_policy(address: str) -> str:
    """Return the Content-Security-Policy that the page at this address carries itself."""
    return _PAGE_POLICY


def common_headers(*, framed: bool = False) -> dict[str, str]:
    """Return what the server sends with every file; the policy is that of the widest page.

    `framed`: of what other sites may show in a frame.
    """
    policy = _join(_POLICY)
    return {
        "Content-Security-Policy": policy if framed else f"{policy}, {_NO_FRAME}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
    }


def for_hosts(folders: Iterable[str], path: str = "/") -> bytes:
    """Write `_headers` for a site at this path of its host, a slash at both ends.

    `folders`: those with pages, at the root of the site. A pattern cannot leave one out, so each of
    the others forbids to be framed by a rule of its own.

    Both hosts have browsers ask again for every file unless a rule says otherwise, and join
    the values of rules that overlap; so the common rule says nothing of caches or frames.
    """
    rules = {f"{path}*": common_headers(framed=True)} | {
        f"{path}{folder}*": {"Cache-Control": _KEEP} for folder in _HASHED
    }
    unframed = [f"{folder}/*" for folder in sorted(folders) if f"{folder}/" != _FRAMED]
    rules |= {
        f"{path}{pattern}": {"Content-Security-Policy": _NO_FRAME}
        for pattern in ("", "index.html", routes.UNKNOWN, *unframed)
    }
    rules |= {f"{path}*.{ending}": {"Access-Control-Allow-Origin": "*"} for ending in OPEN_FILES}
    blocks = (
        "\n".join([pattern, *(f"  {name}: {value}" for name, value in sent.items())])
        for pattern, sent in rules.items()
    )
    return ("\n\n".join(blocks) + "\n").encode()


def for_nginx(path: str = "/", moved: str = "") -> bytes:
    """Write `nginx.conf.example`: a whole configuration, for a site at this path of its host.

    `moved`: the lines that lead on from former addresses, see `redirect_rules`.

    nginx forgets the headers of a server in any `location` that adds one of its own;
    a `map` chooses the cache rule instead, so that all of them stand together.
    """
    named = common_headers() | {"Content-Security-Policy": "$congkhai_policy"}
    sent = "\n".join(f'    add_header {name} "{value}" always;' for name, value in named.items())
    hashed = "\n".join(f'    "~^{path}{folder}"  "{_KEEP}";' for folder in _HASHED)
    return _NGINX.format(
        sent=sent,
        hashed=hashed,
        otherwise=_ASK_AGAIN,
        path=path,
        texts=_TEXTS,
        open_files="|".join(OPEN_FILES),
        moved=moved,
        policy=common_headers()["Content-Security-Policy"],
        framed_policy=common_headers(framed=True)["Content-Security-Policy"],
        framed=f"{path}{_FRAMED}",
    ).encode()


def _join(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


_PAGE_POLICY = _join(_POLICY)

_NGINX = """\
# Mẫu cấu hình nginx; nằm trong khối http. Đổi tên miền, chứng chỉ và thư mục.
map $uri $congkhai_cache {{
    default  "{otherwise}";
{hashed}
}}

# Địa chỉ cũ của nơi đã đổi tên, kế hoạch đã chuyển thư mục: dẫn tới địa chỉ mới.
map $uri $congkhai_moved {{
    default  "";
{moved}
}}

# Tệp dữ liệu thì trang khác đọc được (CORS); trang của trang web này thì không.
map $uri $congkhai_open {{
    default  "";
    "~\\.({open_files})$"  "*";
}}

# Chỉ phần để nhúng mới hiện được trong khung của trang khác.
map $uri $congkhai_policy {{
    default  "{policy}";
    "~^{framed}"  "{framed_policy}";
}}

# Cổng 80 chỉ dẫn sang https.
server {{
    listen 80;
    server_name congkhai.example;
    server_tokens off;
    return 301 https://$server_name$request_uri;
}}

server {{
    listen 443 ssl;
    server_name congkhai.example;
    ssl_certificate     /etc/ssl/congkhai.example.pem;
    ssl_certificate_key /etc/ssl/congkhai.example.key;

    # Tệp của trang nằm trong /srv/congkhai/site{path}
    root /srv/congkhai/site;
    index index.html;
    # Không nói máy chủ chạy phiên bản nào; không đi theo liên kết ra khỏi thư mục; không đưa ra
    # tệp ẩn (.git, .env). Xin chứng chỉ bằng tệp thì đặt tệp vào .well-known/acme-challenge/.
    server_tokens off;
    disable_symlinks on from=$document_root;
    autoindex off;
    location ~ /\\.(?!well-known/acme-challenge/) {{
        return 404;
    }}
    # Thư mục không có trang nào (403) cũng là không tìm thấy.
    error_page 403 404 =404 {path}404.html;

    if ($congkhai_moved) {{
        return 301 $congkhai_moved$is_args$args;
    }}

    # YAML và CSV là chữ, mở được ngay trong trình duyệt; tệp lạ thì không phải
    # chữ.
    include mime.types;
    types {{
        text/plain     yml;
        text/csv       csv;
        text/calendar  ics;
        text/markdown  md;
        text/turtle    ttl;
        application/ld+json  jsonld;
    }}
    default_type application/octet-stream;
    charset utf-8;
    charset_types {texts};

{sent}
    add_header Cache-Control $congkhai_cache always;
    add_header Access-Control-Allow-Origin $congkhai_open always;

    gzip on;
    gzip_vary on;
    gzip_types {texts} image/svg+xml;
}}
"""
