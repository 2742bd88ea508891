import { runInNewContext } from "node:vm";
import { measuredIn, measuringScript } from "../../../cli/report/measure";

describe("what the browser measured", () => {
  test("is read from the page that it printed", () => {
    const result = { milliseconds: 80, problems: ["dev: overlap: a / b"] };
    const html = `<body><p>x</p><script id="measured" type="application/json">${JSON.stringify(result)}</script></body>`;
    expect(measuredIn(html)).toEqual(result);
  });

  test("fails when there is none: a page that did not run is not a good page", () => {
    expect(() => measuredIn("<body></body>")).toThrow("the browser printed no measurement");
  });

  test("comes from a script that a browser can read", () => {
    expect(() => runInNewContext(`(() => { ${measuringScript} })`)).not.toThrow();
  });
});
