//go:build !windows

package main

// ownConsole tells whether the window was made for this program alone. Only
// Windows makes such windows.
func ownConsole() bool { return false }
