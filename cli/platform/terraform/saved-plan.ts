import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Diagnostic } from "./messages";

/** The record at the end of a zip file, without its comment. */
const END_RECORD = 22;
const END_SIGNATURE = 0x06054b50;

/**
 * Whether a saved plan is a whole zip file. Terraform 1.11 does not notice when the disk is full while it writes one,
 * and says that all went well.
 */
export function isWholePlan(file: string): boolean {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.size < END_RECORD) return false;
    const end = Buffer.alloc(END_RECORD);
    readSync(descriptor, end, 0, END_RECORD, status.size - END_RECORD);
    return end.readUInt32LE(0) === END_SIGNATURE;
  } catch {
    return false;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

export const incompletePlan: Diagnostic = {
  severity: "error",
  summary: "The plan was not written whole",
  detail:
    "Terraform says that it has planned, but its plan or its report is cut off: no space left on device?",
};
