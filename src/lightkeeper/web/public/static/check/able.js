// Before the page's own script has come: somebody may press the button, and is heard. An old browser shows the page and
// then cannot read that script. Say so, and lead to the questions.
(function () {
  var chat = document.getElementById("chat");
  var working = document.getElementById("working");

  function isReady() {
    return chat.hasAttribute("data-ready");
  }

  chat.addEventListener("submit", function (event) {
    if (isReady()) return;
    event.preventDefault();
    chat.setAttribute("data-asked", "");
    working.textContent = document.getElementById("texts").getAttribute("data-working");
  });
  document.getElementById("go").disabled = false;

  window.addEventListener("load", function () {
    if (isReady()) return;
    chat.hidden = true;
    working.textContent = "";
    document.getElementById("unable").hidden = false;
  });
})();
