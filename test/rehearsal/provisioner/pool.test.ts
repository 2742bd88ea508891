import { Clock } from "../../../rehearsal/objects/time";
import { Pool } from "../../../rehearsal/provisioner/pool";
import { draw, drawLife, drawWait } from "../../../rehearsal/provisioner/random";
import { percentile } from "../../../rehearsal/report/summary";
import type { CapacityModel } from "../../../rehearsal/scenarios/scenario";

const FACTOR = 3_600_000;
const pool = (model: CapacityModel, clock = new Clock(FACTOR)) => new Pool("h100", model, clock, "seed");
const never = new AbortController().signal;

describe("draws", () => {
  const many = Array.from({ length: 2000 }, (_, index) => drawWait(10, 60, "seed", index));

  test("are the same for the same words, and others for others", () => {
    expect(draw("a", 1)).toBe(draw("a", 1));
    expect(draw("a", 1)).not.toBe(draw("a", 2));
  });

  test("of waits have their median and 95th percentile", () => {
    expect(percentile(many, 0.5)).toBeCloseTo(10, -1);
    expect(percentile(many, 0.95)).toBeGreaterThan(45);
    expect(percentile(many, 0.95)).toBeLessThan(80);
  });

  test("of lives have their mean", () => {
    const lives = Array.from({ length: 2000 }, (_, index) => drawLife(100, index));
    expect(lives.reduce((sum, life) => sum + life, 0) / lives.length).toBeCloseTo(100, -1);
  });
});

describe("a pool", () => {
  test("gives no more than there is, first come, first served", async () => {
    const scarce = pool({ gpus: 8 });
    const order: string[] = [];
    await scarce.acquire(8, 1, never).then(() => order.push("first"));
    const second = scarce.acquire(8, 2, never).then(() => order.push("second"));
    const third = scarce.acquire(4, 3, never).then(() => order.push("third"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toEqual(["first"]);
    scarce.release(8);
    await second;
    scarce.release(8);
    await third;
    expect(order).toEqual(["first", "second", "third"]);
  });

  test("gives nothing in a stock-out", async () => {
    const clock = new Clock(FACTOR);
    await pool({ gpus: 8, stockOuts: [{ from: "0s", to: "100h" }] }, clock).acquire(8, 1, never);
    expect(clock.now()).toBeGreaterThanOrEqual(100 * 3_600_000);
  });

  test("fails whoever still waits when all is over", async () => {
    const stop = new AbortController();
    const waiting = pool({ gpus: 0 }).acquire(8, 1, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow("stopped");
  });

  test("refuses a task as often as its faults say", () => {
    const faulty = pool({ faults: { train: [{ kind: "never" }] } });
    expect(faulty.fault("train", "train-1")).toEqual({ kind: "never" });
    expect(faulty.fault("train", "train-2")).toEqual({ kind: "never" });
    expect(faulty.fault("train", "train-1")).toBeUndefined();
    expect(faulty.fault("other", "other")).toBeUndefined();
  });
});
