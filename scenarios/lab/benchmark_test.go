//go:build linux

package lab

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

// benchmarkDelay makes a round trip of 100 ms: a client and a server on two continents' coasts.
const benchmarkDelay = 50 * time.Millisecond

// benchmarkClient is the client's address: the line joins it to the server without a router.
const benchmarkClient = "203.0.113.2"

// BenchmarkAgainstCurl measures a whole examination (PORT, EPRT, PASV and EPSV, with every follow-up question) against what
// a person does without ftpdiag: curl in active and then in passive mode, one method each.
//
// ratio is ftpdiag's time divided by that of both runs of curl.
func BenchmarkAgainstCurl(b *testing.B) {
	requireLab(b)
	program := requireProgram(b)
	client, err := NewNamespace(b.Context(), "bc")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(client.Close)
	server, err := NewNamespace(b.Context(), "bs")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(server.Close)
	line, err := NewDelayLink(b.Context(), client, benchmarkClient+"/24", server, ServerAddress+"/24", benchmarkDelay)
	if err != nil {
		skip(b, err.Error())
	}
	b.Cleanup(line.Close)
	daemon, err := StartDaemon(b.Context(), server, Vsftpd, os.Getenv(daemonsVariable), ServerAddress, Setting{})
	if err != nil && !RealRoot() {
		skip(b, "not root: "+err.Error())
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(daemon.Stop)

	var curl, ftpdiag time.Duration
	for b.Loop() {
		for _, mode := range [][]string{{"--ftp-port", "-"}, {"--ftp-pasv"}} {
			start := time.Now()
			out, err := client.Output(exec.CommandContext(b.Context(), "curl",
				append(mode, "--silent", "--show-error", "--max-time", "10", "ftp://"+ServerAddress+"/")...))
			if err != nil {
				b.Fatalf("curl: %v: %s", err, out)
			}
			curl += time.Since(start)
		}
		start := time.Now()
		result, err := Question{Program: program, Host: ServerAddress}.Ask(b.Context(), client)
		if err != nil {
			b.Fatal(err)
		}
		if result.Verdict.ID != "either" {
			b.Fatalf("ftpdiag measured something else: %v", result)
		}
		ftpdiag += time.Since(start)
	}
	b.ReportMetric(0, "ns/op") // the sum of three programs says nothing
	b.ReportMetric(float64(curl.Milliseconds())/float64(b.N), "curl-ms")
	b.ReportMetric(float64(ftpdiag.Milliseconds())/float64(b.N), "ftpdiag-ms")
	b.ReportMetric(ftpdiag.Seconds()/curl.Seconds(), "ratio")
}
