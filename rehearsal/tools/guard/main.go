//go:build linux

// guard keeps what a rehearsal starts on a leash, so that nothing of it outlives the command, and makes its
// certificates. Standard library only.
//
//	guard certs FOLDER                                  a CA, a serving and a service-account pair
//	guard run -parent PID [-certs FOLDER] [-tmp FOLDER] -- PROGRAM …  PROGRAM dies with PID
//	guard watch FOLDER                                  removes FOLDER when standard input ends
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := dispatch(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "guard:", err)
		os.Exit(1)
	}
}

func dispatch(args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("certs, run or watch, with its arguments; got %v", args)
	}
	switch args[0] {
	case "certs":
		return writeCerts(args[1])
	case "run":
		return run(args[1:])
	case "watch":
		return watch(args[1])
	default:
		return fmt.Errorf("certs, run or watch; got %q", args[0])
	}
}
