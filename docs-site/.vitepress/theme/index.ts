import DefaultTheme from "vitepress/theme";
import { onContentUpdated } from "vitepress";
import type { Theme } from "vitepress";
// As it is: to bundle it anew takes minutes.
import source from "mermaid/dist/mermaid.min.js?url";
import "./style.css";

interface Mermaid {
  initialize(options: { readonly startOnLoad: boolean; readonly theme: string }): void;
  run(options: { readonly nodes: ArrayLike<HTMLElement> }): Promise<void>;
}

let loaded: Promise<Mermaid> | undefined;
function load(): Promise<Mermaid> {
  return (loaded ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve((window as unknown as { mermaid: Mermaid }).mermaid);
    script.onerror = reject;
    document.head.append(script);
  }));
}

/** Draws the pictures that are written as text. The program for it is large: only pages that have one load it. */
async function draw(): Promise<void> {
  const pictures = document.querySelectorAll<HTMLElement>("pre.mermaid:not([data-processed])");
  if (pictures.length === 0) return;
  const mermaid = await load();
  const dark = document.documentElement.classList.contains("dark");
  mermaid.initialize({ startOnLoad: false, theme: dark ? "dark" : "neutral" });
  await mermaid.run({ nodes: pictures });
}

export default {
  extends: DefaultTheme,
  setup: () => onContentUpdated(() => void draw()),
} satisfies Theme;
