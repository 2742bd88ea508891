//go:build linux

package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
)

// Kueue reads the certificate of its metrics from here and nowhere else when it does not make its own.
const metricsCerts = "/etc/kueue/metrics/certs"

// mounts are what a program sees instead of this machine's own; empty for none.
type mounts struct{ certs, tmp string }

// run becomes the program, which the kernel then kills when the supervisor is gone, however it went.
func run(args []string) error {
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	parent := flags.Int("parent", 0, "process to die with")
	var own mounts
	flags.StringVar(&own.certs, "certs", "", "serve the metrics with the pair of this folder, in a mount namespace of its own")
	flags.StringVar(&own.tmp, "tmp", "", "see this folder as /tmp, likewise")
	inside := flags.Bool("inside", false, "already in the mount namespace")
	if err := flags.Parse(args); err != nil {
		return err
	}
	command := flags.Args()
	if len(command) == 0 {
		return errors.New("run needs a program")
	}
	runtime.LockOSThread()
	if own != (mounts{}) && !*inside {
		return runInNamespace(own, command)
	}
	if err := own.mount(); err != nil {
		return err
	}
	if err := dieWith(*parent); err != nil {
		return err
	}
	program, err := exec.LookPath(command[0])
	if err != nil {
		return err
	}
	return syscall.Exec(program, command, os.Environ())
}

func dieWith(parent int) error {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0); errno != 0 {
		return errno
	}
	// Gone before the call above: nobody would send the signal any more.
	if parent != 0 && os.Getppid() != parent {
		return fmt.Errorf("process %d is gone", parent)
	}
	return nil
}

// runInNamespace starts this program again with mounts of its own. Without root, a user namespace allows them.
func runInNamespace(own mounts, command []string) error {
	if err := dieWith(0); err != nil {
		return err
	}
	attributes := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() != 0 {
		attributes.Cloneflags |= syscall.CLONE_NEWUSER
		attributes.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		attributes.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	again := exec.Command(self, append([]string{"run", "-inside", "-certs", own.certs, "-tmp", own.tmp, "--"}, command...)...)
	again.Stdout, again.Stderr, again.SysProcAttr = os.Stdout, os.Stderr, attributes
	if err := again.Start(); err != nil {
		return fmt.Errorf("this machine allows no mount namespace (as root, or with unprivileged user namespaces on): %w", err)
	}
	forwardSignals(again.Process)
	if err := again.Wait(); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() >= 0 {
			os.Exit(exit.ExitCode())
		}
		return err
	}
	return nil
}

func (own mounts) mount() error {
	if own == (mounts{}) {
		return nil
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("mount namespace: %w", err)
	}
	if own.certs != "" {
		if err := showMetricsCerts(own.certs); err != nil {
			return err
		}
	}
	if own.tmp == "" {
		return nil
	}
	if err := syscall.Mount(own.tmp, "/tmp", "", syscall.MS_BIND, ""); err != nil {
		return fmt.Errorf("mount /tmp: %w", err)
	}
	return nil
}

// showMetricsCerts hides /etc, for this process only, behind one that holds nothing but the certificate.
func showMetricsCerts(certs string) error {
	if err := syscall.Mount("tmpfs", "/etc", "tmpfs", 0, "size=1m"); err != nil {
		return fmt.Errorf("mount /etc: %w", err)
	}
	if err := os.MkdirAll(metricsCerts, 0o755); err != nil {
		return err
	}
	for _, file := range []string{"tls.crt", "tls.key"} {
		pem, err := os.ReadFile(filepath.Join(certs, file))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(metricsCerts, file), pem, 0o600); err != nil {
			return err
		}
	}
	return nil
}
