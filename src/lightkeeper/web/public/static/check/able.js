// An old browser shows the page and then cannot read its scripts. Say so, and lead to the questions.
window.addEventListener("load", function () {
  if (!document.getElementById("go").disabled) return;
  document.getElementById("chat").hidden = true;
  document.getElementById("unable").hidden = false;
});
