//go:build linux

package main

import (
	"bufio"
	"errors"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

// watch reads the process groups of the supervisor, one a line, until the supervisor closes the pipe or dies. Then
// it ends what is left of them and removes the folder.
func watch(folder string) error {
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	var groups []int
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if group, err := strconv.Atoi(lines.Text()); err == nil && group > 1 {
			groups = append(groups, group)
		}
	}
	for _, group := range groups {
		endGroup(group)
	}
	return os.RemoveAll(folder)
}

// endGroup waits until the group is empty: what still writes would put the folder back.
func endGroup(group int) {
	for attempt := 0; attempt < 100; attempt++ {
		if err := syscall.Kill(-group, syscall.SIGKILL); errors.Is(err, syscall.ESRCH) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func forwardSignals(process *os.Process) {
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		for received := range signals {
			_ = process.Signal(received)
		}
	}()
}
