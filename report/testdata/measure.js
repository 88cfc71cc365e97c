// Looks at every frame when all of them are loaded, and writes what it found
// as JSON into the element "found".
addEventListener("load", () => {
  const frames = [...document.querySelectorAll("iframe")];
  document.getElementById("found").textContent = JSON.stringify(frames.map(look));
});

function look(frame) {
  const page = frame.contentDocument, window = frame.contentWindow;
  const problems = [];
  const style = (e) => window.getComputedStyle(e);
  const named = (e) => e.tagName.toLowerCase() + (e.getAttribute("class") ? "." + e.getAttribute("class") : "") + " " +
    JSON.stringify(e.textContent.trim().slice(0, 40));
  const ground = style(page.body).backgroundColor;
  const scheme = luminance(ground) < 0.5 ? "dark" : "light";

  // What is folded away has no size; it is looked at too.
  for (const d of page.querySelectorAll("details")) d.open = true;

  if (page.documentElement.scrollWidth > frame.clientWidth) {
    problems.push("the page sticks out by " + (page.documentElement.scrollWidth - frame.clientWidth) + " px");
  }
  for (const e of page.querySelectorAll("main *")) {
    if (e.closest("svg")) continue;
    const box = e.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.right > frame.clientWidth + 1 || box.left < -1) problems.push(named(e) + " sticks out");
    if (e.clientWidth > 0 && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) &&
        style(e).display !== "inline" && style(e).overflow !== "visible") problems.push(named(e) + " is cut");
    if (e.parentElement.clientWidth > 0 && style(e.parentElement).display !== "inline") {
      const around = e.parentElement.getBoundingClientRect();
      if (box.right > around.right + 1 || box.left < around.left - 1) problems.push(named(e) + " sticks out of " + named(e.parentElement));
    }
    if ([...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== "")) {
      const c = contrast(style(e).color, groundOf(e, style));
      if (c < 4.5) problems.push(named(e) + " has a contrast of " + c.toFixed(1)); // WCAG 2.2, 1.4.3
    }
  }

  const pictures = [...page.querySelectorAll("svg")];
  const shown = pictures.filter((s) => style(s).display !== "none");
  if (pictures.length > 0 && shown.length !== 1) problems.push(shown.length + " pictures are shown");
  for (const svg of shown) {
    const frameBox = svg.getBoundingClientRect();
    const scale = frameBox.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll("text")];
    const boxes = texts.map((t) => t.getBoundingClientRect());
    texts.forEach((t, i) => {
      const b = boxes[i];
      if (b.left < frameBox.left - 1 || b.right > frameBox.right + 1 || b.top < frameBox.top - 1 || b.bottom > frameBox.bottom + 1) {
        problems.push(named(t) + " sticks out of the picture");
      }
      if (parseFloat(style(t).fontSize) * scale < 11) problems.push(named(t) + " is too small");
      if (contrast(style(t).fill, ground) < 4.5) problems.push(named(t) + " has too little contrast");
      for (let k = 0; k < i; k++) {
        const o = boxes[k];
        if (b.left < o.right - 1 && o.left < b.right - 1 && b.top < o.bottom - 4 && o.top < b.bottom - 4) {
          problems.push(named(t) + " lies on " + named(texts[k]));
        }
      }
    });
    for (const p of svg.querySelectorAll("path")) {
      const b = p.getBoundingClientRect();
      if (b.left < frameBox.left - 1 || b.right > frameBox.right + 1 || b.bottom > frameBox.bottom + 1) problems.push("a line sticks out of the picture");
    }
  }
  return { Name: frame.name, Width: frame.clientWidth, Scheme: scheme, Problems: problems };
}

// groundOf is the colour behind an element.
function groundOf(e, style) {
  for (; e; e = e.parentElement) {
    const c = style(e).backgroundColor;
    if (!/, 0\)$/.test(c) && c !== "transparent") return c;
  }
  return "rgb(255, 255, 255)";
}

// luminance and contrast are those of WCAG 2.2.
function luminance(color) {
  const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((v) => {
    v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}
