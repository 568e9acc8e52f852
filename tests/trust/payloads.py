"""What attackers type, one list for every test: into fields, into addresses, into headers.

Each mark is a word that stands nowhere else; a page that shows it outside of text was broken into.
"""

MARK = "zqx7"
# Each of these runs something when it lands in a page as it is.
SCRIPTS = (
    f"<script>window.{MARK}=1</script>",
    f'"><script>window.{MARK}=1</script>',
    f"'><img src=x onerror=window.{MARK}=1>",
    f'" autofocus onfocus=window.{MARK}=1 x="',
    f"</textarea><script>window.{MARK}=1</script>",
    f"</title><script>window.{MARK}=1</script>",
    f"</script><script>window.{MARK}=1</script>",
    f"<b onmouseover=window.{MARK}=1>x</b>",
    f"<a href=javascript:window.{MARK}=1>x</a>",
    f"javascript:window.{MARK}=1",
    f"<iframe srcdoc='<script>parent.{MARK}=1</script>'></iframe>",
    f"<details open ontoggle=window.{MARK}=1>",
    f"<math><mtext></mtext><style><!--</style><b onclick=window.{MARK}=1>",
    f"{{{{constructor.constructor('window.{MARK}=1')()}}}}",
    f"${{window.{MARK}=1}}",
    f"<!--{MARK}--!><script>window.{MARK}=1</script>",
    f"\u2028<script>window.{MARK}=1</script>",
    f"+ADw-script+AD4-window.{MARK}=1+ADw-/script+AD4-",
)
DATABASE = (
    "' OR '1'='1",
    "'; DROP TABLE inbox_envelope; --",
    "1) UNION SELECT sealed FROM inbox_envelope--",
    "' AND (SELECT pg_sleep(5)) IS NULL--",
    "%' ESCAPE '\\",
    "\\'; SELECT 1; --",
    '" OR ""="',
    "*) (& (",
    'NEAR("a" "b", 3) OR ^x*',
)
PATHS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "..%252f..%252fetc%252fpasswd",
    "%2e%2e/%2e%2e/secret",
    "....//....//secret",
    "..\\..\\secret",
    "/etc/passwd",
    "secret%00.css",
    "C:%5cWindows",
    ".git/config",
    "%c0%ae%c0%ae/secret",
)
LINE_BREAKS = ("a\r\nSet-Cookie: x=1", "a\nX-Own: 1", "a%0d%0aSet-Cookie:%20x=1", "a\u560d\u560aX: 1", "a\x00b")
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "https:evil.example",
    "http://testserver@evil.example/",
    "javascript:alert(1)",
    "/%09/evil.example",
    "\thttps://evil.example",
)
