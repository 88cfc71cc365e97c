package here

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/sys/windows/registry"
)

// complete adds the registry.
func complete(_ context.Context, env *Env) { env.Registry = readRegistry }

// readRegistry reads a number from the 64-bit view, where Windows itself keeps
// its settings whatever this program was built for.
func readRegistry(key, value string) (uint64, error) {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, key, registry.QUERY_VALUE|registry.WOW64_64KEY)
	if err == nil {
		defer k.Close()
		var number uint64
		if number, _, err = k.GetIntegerValue(value); err == nil {
			return number, nil
		}
	}
	if errors.Is(err, registry.ErrNotExist) {
		return 0, fmt.Errorf("%s in %s: %w", value, key, fs.ErrNotExist)
	}
	return 0, err
}
