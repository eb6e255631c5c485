/* "Pakai lokasi HP ini": puts where the phone stands into the form's two hidden fields, when asked. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-locate-here]");
    if (!button) return;
    var form = button.closest("form"), said = form.querySelector("[data-locate-said]");
    if (!navigator.geolocation) { said.textContent = "HP ini tidak bisa menunjukkan lokasi."; return; }
    said.textContent = "Mencari lokasi…";
    navigator.geolocation.getCurrentPosition(function (found) {
      form.elements.latitude.value = found.coords.latitude.toFixed(5);
      form.elements.longitude.value = found.coords.longitude.toFixed(5);
      said.textContent = "Lokasi dicatat, teliti sampai " + Math.round(found.coords.accuracy) + " meter.";
    }, function () { said.textContent = "Lokasi belum bisa dibaca. Tulis saja tempatnya."; }, { enableHighAccuracy: true, timeout: 15000 });
  });
})();
