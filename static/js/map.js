// The map opens when it is asked for, and only then loads Leaflet. It needs no tiles: the outline and the names of the
// districts come with the page.
export function offerMaps() {
  for (const box of document.querySelectorAll("[data-map]")) {
    const opener = box.querySelector("[data-map-open]");
    opener.hidden = false;
    opener.addEventListener("click", () => open(box, opener), { once: true });
  }
}

async function open(box, opener) {
  await leaflet(box);
  const picture = box.querySelector("[data-map-picture]");
  for (const part of [picture, box.querySelector("[data-map-hint]")]) part.hidden = false;
  opener.hidden = true;
  const [place, centres] = [...box.querySelectorAll("script[type='application/json']")].map((script) => JSON.parse(script.textContent));
  const fields = [box.dataset.latitude, box.dataset.longitude].map((id) => document.getElementById(id));
  const map = L.map(picture, { zoomSnap: 0.25 }).setView([place.latitude, place.longitude], place.zoom);
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
  if (place.outline) {
    const outline = L.geoJSON(place.outline, { style: { className: box.dataset.tiles ? "map__border" : "map__outline" }, interactive: false }).addTo(map);
    map.fitBounds(outline.getBounds());
  }
  map.attributionControl.setPrefix(false);
  const labels = (centres ?? []).map((centre) => label(centre).addTo(map));
  const thin = () => thinOut(labels);
  map.on("zoomend", thin);
  thin();
  pin(map, fields, box.dataset.pin);
  picture.focus();
}

function label(centre) {
  const icon = L.divIcon({ className: "map__centre", html: "", iconSize: null });
  const marker = L.marker([centre.latitude, centre.longitude], { icon, interactive: false, keyboard: false });
  marker.on("add", () => {
    marker.getElement().textContent = centre.name;
  });
  return marker;
}

// Names that would cover each other: the later one waits until the reader comes closer.
function thinOut(labels) {
  const shown = [];
  for (const element of labels.map((one) => one.getElement())) {
    element.hidden = false;
    const box = element.getBoundingClientRect();
    const covers = (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    element.hidden = shown.some(covers);
    if (!element.hidden) shown.push(box);
  }
}

function pin(map, fields, name) {
  const icon = L.divIcon({ className: "map__pin", iconSize: [36, 44], iconAnchor: [18, 42] });
  let marker = null;
  const put = (point) => {
    marker ??= L.marker(point, { icon, draggable: true, title: name })
      .on("dragend", () => write(marker.getLatLng()))
      .addTo(map);
    marker.setLatLng(point);
    marker.getElement().setAttribute("aria-label", name);
  };
  const write = (point) => {
    put(point);
    fields[0].value = point.lat.toFixed(6);
    fields[1].value = point.lng.toFixed(6);
    for (const field of fields) field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const typed = () => {
    const [latitude, longitude] = fields.map((field) => parseFloat(field.value.replace(",", ".")));
    if (Number.isFinite(latitude) && Number.isFinite(longitude)) put([latitude, longitude]);
  };
  map.on("click", (event) => write(event.latlng));
  for (const field of fields) field.addEventListener("change", typed);
  typed();
}

function leaflet(box) {
  if (window.L) return Promise.resolve();
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: box.dataset.leafletCss });
  const script = Object.assign(document.createElement("script"), { src: box.dataset.leaflet });
  return new Promise((loaded, failed) => {
    Object.assign(script, { onload: loaded, onerror: failed });
    document.head.append(style, script);
  });
}
