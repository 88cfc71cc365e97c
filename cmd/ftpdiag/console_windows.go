package main

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var getConsoleProcessList = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")

// ownConsole tells whether the window was made for this program alone, as the
// Explorer does at a double click: from a command line, the shell is attached
// to the console as well (GetConsoleProcessList in Microsoft's console
// documentation; 0 is a failure, such as having no console).
func ownConsole() bool {
	var list [2]uint32 // more are counted all the same
	n, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&list[0])), uintptr(len(list)))
	return n == 1
}
