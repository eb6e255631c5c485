/* What pages cannot do alone: send without losing, say what was not sent, keep what was typed. Every page works without it.
   A form with a one-time key goes through htmx (data-plain: not, its answer is a file), so a lost network leaves it on the
   screen; the server sees an ordinary form and answers with an ordinary page. */
(function () {
  "use strict";
  var KEPT = "isian:", TWO_HOURS = 7200000;
  var root = document.documentElement, failed = new Map();
  root.classList.add("js");

  function on(name, react) { document.addEventListener(name, react); }
  function keyed(form) { return form && form.elements && form.elements.submission_key; }
  function fields(form, use) {
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name && !/^(hidden|password|file|submit|button|fieldset)$/.test(field.type)) use(field, /^(radio|checkbox)$/.test(field.type));
    });
  }

  /* Sending */
  on("htmx:beforeProcessNode", function (event) {
    var form = event.target;
    if (form.tagName === "FORM" && form.method === "post" && keyed(form) && !form.hasAttribute("hx-post") && !form.hasAttribute("data-plain")) {
      form.setAttribute("hx-boost", "true");
    }
  });
  on("htmx:configRequest", function (event) {
    var detail = event.detail;
    var token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (detail.boosted) delete detail.headers["HX-Request"];
    if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token.value;
    if (detail.elt.enctype === "multipart/form-data") detail.timeout = 0;
  });
  on("htmx:beforeHistoryUpdate", function (event) {
    if (event.detail.xhr.status >= 400) event.detail.history.type = "replace";
  });
  function lock(element, yes) {
    /* a button that sends for itself (a row of the attendance list) leaves the other rows free for the next tap */
    Array.prototype.forEach.call(element.tagName === "FORM" ? element.elements : [element], function (button) {
      if (button.type === "submit") button.disabled = yes;
    });
  }
  function quiet(element) { return element && element.hasAttribute("data-preview"); }
  on("htmx:beforeRequest", function (event) {
    var form = event.detail.elt;
    if (quiet(form)) return;
    lock(form, true);
    if (keyed(form)) form.keptAs = place(form);
  });
  on("htmx:afterRequest", function (event) {
    var detail = event.detail, sender = detail.requestConfig.elt;
    if (quiet(sender)) return;
    lock(sender, false);
    if (!detail.successful || detail.xhr.status >= 400) return;
    if (sender.keptAs) sessionStorage.removeItem(sender.keptAs);
    failed.delete(sender);
    say();
  });

  /* What could not be sent stays, and says so */
  function say(words) {
    var bar = document.getElementById("unsent");
    failed.forEach(function (button, element) { if (!element.isConnected) failed.delete(element); });
    if (bar) bar.remove();
    if (!failed.size) return;
    bar = document.createElement("div");
    bar.id = "unsent";
    bar.className = "unsent";
    bar.setAttribute("role", "alert");
    bar.innerHTML = '<span></span><button type="button" class="button-small">Coba lagi</button>';
    bar.firstChild.textContent = words || (failed.size > 1 ? failed.size + " belum terkirim" : "Belum terkirim");
    bar.lastChild.addEventListener("click", again);
    document.body.append(bar);
  }
  function again() {
    failed.forEach(function (button, element) {
      if (element.tagName === "FORM") element.requestSubmit(button); else element.click();
    });
  }
  function fail(event, words) {
    var request = event.detail.requestConfig, cause = request && request.triggeringEvent;
    if (!request || request.verb === "get" || quiet(request.elt)) return;
    failed.set(request.elt, (cause && cause.submitter) || undefined);
    say(words);
  }
  on("htmx:sendError", function (event) { fail(event); });
  on("htmx:timeout", function (event) { fail(event); });
  on("htmx:responseError", function (event) {
    var xhr = event.detail.xhr, sender = event.detail.requestConfig.elt, page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    var login = page.querySelector("[data-login]"), told = page.querySelector("[data-say]");
    if (xhr.status === 401 && login) beside(sender.closest("form") || sender, login);
    else fail(event, xhr.status < 500 && told ? told.textContent : "");
  });

  /* The session ended: the login of the answer stands beside the form, which keeps what was typed */
  function beside(form, login) {
    var panel = document.getElementById("login-beside") || document.createElement("div");
    panel.id = "login-beside";
    panel.className = "beside";
    panel.innerHTML = "<p><strong>Masuk lagi untuk menyimpan.</strong> Yang sudah diisi tetap ada.</p>";
    panel.append(login);
    failed.clear();
    say();
    if (!panel.isConnected) form.after(panel);
    htmx.process(panel);
    panel.querySelector("input:not([type=hidden])").focus();
  }

  /* Half-filled forms survive a reload of this tab: two hours, this person, never on the disk. data-forget: not this one */
  function place(form) {
    return KEPT + location.pathname + "#" + (form.getAttribute("id") || form.getAttribute("action") || Array.prototype.indexOf.call(document.forms, form));
  }
  function forget() {
    Object.keys(sessionStorage).forEach(function (name) { if (!name.indexOf(KEPT)) sessionStorage.removeItem(name); });
  }
  function keep(event) {
    var form = event.target.form, values = [];
    if (!keyed(form) || form.hasAttribute("data-forget")) return;
    fields(form, function (field, ticked) { if (!ticked || field.checked) values.push([field.name, field.value]); });
    try {
      sessionStorage.setItem(place(form), JSON.stringify({ at: Date.now(), key: form.elements.submission_key.value, values: values }));
    } catch (full) { /* then only the screen has it */ }
  }
  function restore() {
    Array.prototype.forEach.call(document.forms, function (form) {
      if (!keyed(form) || form.seen) return;
      form.seen = true;
      var kept = JSON.parse(sessionStorage.getItem(place(form)) || "null"), note = document.createElement("p");
      if (!kept || Date.now() - kept.at > TWO_HOURS || form.querySelector(".form-errors")) return;
      form.elements.submission_key.value = kept.key;
      fields(form, function (field, ticked) {
        var mine = kept.values.filter(function (pair) { return pair[0] === field.name; });
        if (ticked) field.checked = mine.some(function (pair) { return pair[1] === field.value; });
        else if (mine.length) field.value = mine.shift()[1];
      });
      note.className = "note";
      note.textContent = "Isian tadi dikembalikan. Belum tersimpan.";
      form.prepend(note);
    });
  }
  on("input", keep);
  on("htmx:load", restore);
  on("submit", function (event) { if (event.target.hasAttribute("data-logout")) forget(); });
  var person = root.getAttribute("data-person");
  if (person && sessionStorage.getItem("orang") !== person) {
    forget();
    sessionStorage.setItem("orang", person);
  }

  /* A question that hangs on another shows itself when that one is answered so */
  function unfold(form) {
    Array.prototype.forEach.call(form.querySelectorAll("[data-asked-if]"), function (field) {
      var parents = form.querySelectorAll('[name="' + field.getAttribute("data-asked-if") + '"]');
      var wanted = field.getAttribute("data-asked-values").split(" ");
      field.hidden = parents.length > 0 && !Array.prototype.some.call(parents, function (parent) {
        return parent.checked && wanted.indexOf(parent.value) >= 0;
      });
    });
  }
  on("change", function (event) { if (event.target.form) unfold(event.target.form); });
  on("htmx:load", function () { Array.prototype.forEach.call(document.forms, unfold); });

  /* "Semua tidak" in one tap; after a refusal, eye and reader go to the reason */
  on("click", function (event) {
    var button = event.target.closest("[data-choose]");
    if (!button) return;
    button.closest("[data-group], fieldset, .fields, form").querySelectorAll("input[type=radio]").forEach(function (radio) {
      if (radio.value === button.getAttribute("data-choose")) radio.checked = true;
    });
    keep({ target: button });
  });
  on("htmx:afterSettle", function (event) {
    var reason = event.detail.elt.querySelector(".form-errors");
    if (reason) reason.focus();
  });
})();
