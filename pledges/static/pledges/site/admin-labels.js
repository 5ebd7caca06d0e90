/* Search boxes that Django's admin makes without a name, when it comes to it, have their field's. */

function name() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.parentElement.querySelector(".select2-search__field:not([aria-label])");
    if (label && box) box.setAttribute("aria-label", label.textContent.replace(/:\s*$/, "").trim());
  }
}

new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
name();
