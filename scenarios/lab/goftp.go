//go:build linux

package lab

import (
	"fmt"
	"os"
	"strconv"
)

// goftpVariable names the program built from the module in testdata/goftpd.
const goftpVariable = "FTPDIAG_LAB_GOFTPD"

// goftpCommand serves with goftp.io/server. Beside the port there is nothing to set.
func goftpCommand(s Setting) ([]string, error) {
	if s != (Setting{Port: s.Port, Exclusive: s.Exclusive}) {
		return nil, ErrUnsupported
	}
	return []string{os.Getenv(goftpVariable), strconv.Itoa(s.port()), publicFolder,
		fmt.Sprintf("%d-%d", firstPassivePort, lastPassivePort), User, Password}, nil
}
