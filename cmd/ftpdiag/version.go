package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by a release build (-ldflags "-X main.version=1.0.0"). Other
// builds tell what the Go toolchain knows about the source.
var version string

// toolVersion is the version as results carry it.
func toolVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

// versionLine is what --version prints: version and build.
func versionLine() string {
	return fmt.Sprintf("ftpdiag %s (%s/%s, %s)", toolVersion(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}
