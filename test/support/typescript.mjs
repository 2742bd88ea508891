// Jest's light runner loads a test file as Node does; this lets Node read TypeScript.
import "tsx";
