// What becomes of Tabler's sheet: parts that no page has are left out, and the dark theme also follows
// the system, without a script, where a page says data-bs-theme="system".
import postcss from "postcss";

/** Components of the kit that no page of ours has. */
const UNUSED = [
  "accordion", "apexcharts", "aspect-ratio", "avatar", "bg-gradient", "browser", "btn-facebook", "btn-twitter",
  "btn-google", "btn-youtube", "btn-vimeo", "btn-dribbble", "btn-github", "btn-instagram", "btn-pinterest", "btn-vk",
  "btn-rss", "btn-flickr", "btn-bitbucket", "btn-tabler", "calendar", "carousel", "chart", "chat", "chip", "color-",
  "countup", "datepicker", "dropdown", "dropzone", "flag", "form-colorinput", "form-imagecheck", "form-selectgroup",
  "form-floating", "form-range", "fslightbox", "gallery", "hr-text", "img-", "input-icon", "jvm", "legend", "litepicker",
  "modal", "navbar", "noUi", "offcanvas", "payment", "plyr", "popover", "range", "rating",
  "signature", "social", "sparkline", "spinner", "star", "switch-icon", "timeline", "toast", "tom-select", "tooltip",
  "tracking", "ts-", "typed", "vr", "text-bg", "link-", "border-", "opacity-", "rotate-", "scale-", "columns-", "cursor-",
  "animation-", "icon-pulse", "icon-tada", "icon-rotate", "object-fit", "object-", "lightbox", "nav-segmented", "nav-bordered",
];
const unused = new RegExp(`^\\.(?:${UNUSED.join("|")})`);

function selectors(rule) {
  return rule.selectors.filter((selector) => !unused.test(selector.trim()));
}

/** Rules for the dark theme, again for the theme "system" under a media query. */
function followTheSystem(root) {
  const dark = postcss.atRule({ name: "media", params: "(prefers-color-scheme: dark)" });
  root.walkRules((rule) => {
    if (rule.parent.type !== "root" && !(rule.parent.type === "atrule" && rule.parent.name === "media")) return;
    const themed = rule.selectors.filter((selector) => /\[data-bs-theme=["']?dark["']?\]/.test(selector));
    if (themed.length === 0) return;
    const copy = rule.clone({ selectors: themed.map((s) => s.replaceAll(/\[data-bs-theme=["']?dark["']?\]/g, "[data-bs-theme=system]")) });
    if (rule.parent.type === "root") {
      dark.append(copy);
    } else {
      dark.append(rule.parent.clone({ nodes: [copy] }));
    }
  });
  root.append(dark);
}

export const trim = {
  postcssPlugin: "trim",
  Once(root) {
    root.walkComments((comment) => comment.remove());
    root.walkAtRules("font-face", (rule) => rule.remove());
    root.walkRules((rule) => {
      if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
      const kept = selectors(rule);
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    });
    root.walkAtRules((rule) => {
      if (rule.nodes && rule.nodes.length === 0) rule.remove();
    });
  },
};

export const followSystem = {
  postcssPlugin: "follow-system",
  Once: followTheSystem,
};
