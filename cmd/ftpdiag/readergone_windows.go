package main

import (
	"errors"
	"syscall"

	"golang.org/x/sys/windows"
)

// readerGone tells whether the program at the other end of a pipe has ended.
// Windows says so in two ways: the pipe is broken, or being closed.
func readerGone(err error) bool {
	return errors.Is(err, windows.ERROR_BROKEN_PIPE) || errors.Is(err, windows.ERROR_NO_DATA) || errors.Is(err, syscall.EPIPE)
}
