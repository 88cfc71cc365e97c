//go:build linux

package lab

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// writeCertificate makes a self-signed certificate for ServerAddress and writes it and its key, each as PEM.
func writeCertificate(folder string) (certificateFile, keyFile string, err error) {
	made, err := newCertificate()
	if err != nil {
		return "", "", err
	}
	certificateFile, keyFile = filepath.Join(folder, "certificate.pem"), filepath.Join(folder, "key.pem")
	if err := os.WriteFile(certificateFile, made.chain, 0o600); err != nil {
		return "", "", err
	}
	return certificateFile, keyFile, os.WriteFile(keyFile, made.key, 0o600)
}

// writeJoinedCertificate writes key and certificate into one file, as Pure-FTPd and pyftpdlib want them.
func writeJoinedCertificate(folder string) (file string, err error) {
	made, err := newCertificate()
	if err != nil {
		return "", err
	}
	file = filepath.Join(folder, "joined.pem")
	return file, os.WriteFile(file, slices.Concat(made.key, made.chain), 0o600)
}

// writeTrust writes the certificate of all servers to a file that a client can trust (SSL_CERT_FILE).
func writeTrust(folder string) (file string, err error) {
	made, err := newCertificate()
	if err != nil {
		return "", err
	}
	file = filepath.Join(folder, "trusted.pem")
	return file, os.WriteFile(file, made.chain, 0o600)
}

// newCertificate generates a key once for all worlds: RSA, which each of the servers takes under the same directive, is
// slow to generate.
var newCertificate = sync.OnceValues(generateCertificate)

// A certificate is a self-signed certificate and its key, as PEM.
type certificate struct{ chain, key []byte }

func generateCertificate() (certificate, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return certificate{}, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()),
		Subject:      pkix.Name{CommonName: "lab"},
		IPAddresses:  []net.IP{net.ParseIP(ServerAddress)},
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.Add(24 * time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return certificate{}, err
	}
	rawKey, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return certificate{}, err
	}
	return certificate{
		chain: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}),
		key:   pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: rawKey}),
	}, nil
}
