//go:build !windows

package programs

// systemRegistry is nil: only Windows has a registry.
func systemRegistry() Registry { return nil }
