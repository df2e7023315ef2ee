#include "metadata/apt_config.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "packages/mirrors.hpp"

namespace nvprov {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The tokens of an apt.conf: words, values in quotes, and the signs { } ;
struct Token {
  enum class Kind { word, value, sign };
  Kind kind = Kind::word;
  std::string text;
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : rest_(text) {}

  std::optional<Token> next() {
    skip();
    if (rest_.empty()) return std::nullopt;
    const char first = rest_.front();
    if (first == '{' || first == '}' || first == ';') {
      rest_.remove_prefix(1);
      return Token{Token::Kind::sign, std::string(1, first)};
    }
    return first == '"' ? quoted() : word();
  }

  bool is_broken() const { return broken_; }

 private:
  // Blanks and comments. `#clear` and `#include` are words.
  void skip() {
    for (;;) {
      while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
      const bool directive = rest_.starts_with("#clear") || rest_.starts_with("#include");
      if (rest_.starts_with("//") || (rest_.starts_with('#') && !directive))
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      else if (rest_.starts_with("/*"))
        skip_block();
      else
        return;
    }
  }

  void skip_block() {
    const std::size_t end = rest_.find("*/");
    broken_ = broken_ || end == std::string_view::npos;
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 2);
  }

  std::optional<Token> quoted() {
    const std::size_t end = rest_.find('"', 1);
    broken_ = broken_ || end == std::string_view::npos;
    if (end == std::string_view::npos) return std::nullopt;
    Token token{Token::Kind::value, std::string(rest_.substr(1, end - 1))};
    rest_.remove_prefix(end + 1);
    return token;
  }

  Token word() {
    std::size_t end = 0;
    while (end < rest_.size() && !is_space(rest_[end]) &&
           std::string_view("{};\"").find(rest_[end]) == std::string_view::npos)
      ++end;
    Token token{Token::Kind::word, std::string(rest_.substr(0, end))};
    rest_.remove_prefix(end);
    return token;
  }

  std::string_view rest_;
  bool broken_ = false;
};

// "acquire::" and "http" are "acquire::http"; a value without a name in a block is one more of a list.
std::string joined(const std::vector<std::string>& outer, std::string_view name) {
  std::string whole;
  for (const std::string& each : outer) whole += whole.empty() ? each : "::" + each;
  if (name.empty()) return whole + "::";
  return lower(whole.empty() ? std::string(name) : whole + "::" + std::string(name));
}

class ConfigReader {
 public:
  ConfigReader(std::string_view text, std::vector<AptSetting>& settings) : tokens_(text), settings_(settings) {}

  bool read() {
    while (const auto token = tokens_.next()) take(*token);
    return outer_.empty() && words_.empty() && !tokens_.is_broken();
  }

 private:
  void take(const Token& token) {
    if (token.kind != Token::Kind::sign) {
      words_.push_back(token);
    } else if (token.text == "{") {
      outer_.push_back(words_.empty() ? std::string() : lower(words_.front().text));
      words_.clear();
    } else {
      statement();
      if (token.text == "}" && !outer_.empty()) outer_.pop_back();
    }
  }

  void statement() {
    const std::vector<Token> words = std::move(words_);
    words_.clear();
    if (words.empty()) return;
    if (words[0].kind == Token::Kind::word && words[0].text.starts_with('#')) {
      if (words[0].text == "#clear")
        for (std::size_t i = 1; i < words.size(); ++i) clear(joined(outer_, words[i].text));
      return;
    }
    if (words.size() == 1 && words[0].kind == Token::Kind::value)
      settings_.push_back({joined(outer_, ""), words[0].text});
    else if (words.size() >= 2)
      settings_.push_back({joined(outer_, words[0].text), words[1].text});
  }

  void clear(std::string name) {
    while (name.ends_with(':')) name.pop_back();
    std::erase_if(settings_,
                  [&](const AptSetting& each) { return each.name == name || each.name.starts_with(name + "::"); });
  }

  Tokens tokens_;
  std::vector<AptSetting>& settings_;
  std::vector<std::string> outer_;
  std::vector<Token> words_;
};

// run-parts' rule for names of configuration files, as apt has it.
bool is_config_name(std::string_view name) {
  if (name.starts_with('.')) return false;
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && name.substr(dot) != ".conf") return false;
  return std::ranges::all_of(name,
                             [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.'; });
}

// What apt asks of one host, then of all: Acquire::https::Proxy::HOST, Acquire::https::Proxy.
std::optional<std::string> proxy_of(const AptConfig& config, const std::string& scheme, const std::string& host) {
  const std::string name = "acquire::" + scheme + "::proxy";
  auto value = config.find(name + "::" + host);
  if (!value) value = config.find(name);
  if (!value && scheme == "https") return proxy_of(config, "http", host);
  if (value && (value->empty() || lower(*value) == "direct")) return std::string();
  return value;
}

std::optional<std::string> of_host(const AptConfig& config, const std::string& host, const std::string& name) {
  const auto value = config.find("acquire::https::" + host + "::" + name);
  return value ? value : config.find("acquire::https::" + name);
}

std::optional<std::string> placed(const TargetFiles& target, const std::optional<std::string>& path) {
  if (!path || path->empty()) return std::nullopt;
  const auto place = target.place(*path);
  return place ? std::optional(*place) : std::nullopt;
}

}  // namespace

bool AptConfig::add(std::string_view text) { return ConfigReader(text, settings_).read(); }

std::optional<std::string> AptConfig::find(std::string_view name) const {
  const std::string wanted = lower(name);
  for (std::size_t i = settings_.size(); i > 0; --i)
    if (settings_[i - 1].name == wanted) return settings_[i - 1].value;
  return std::nullopt;
}

bool AptConfig::find_bool(std::string_view name, bool otherwise) const {
  const auto value = find(name);
  return value ? apt_bool(*value).value_or(otherwise) : otherwise;
}

std::optional<std::int64_t> AptConfig::find_number(std::string_view name) const {
  const auto value = find(name);
  const auto number = value ? parse_number(trim(*value)) : std::nullopt;
  return number ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

std::optional<bool> apt_bool(std::string_view text) {
  constexpr std::array<std::string_view, 6> no = {"no", "false", "without", "off", "disable", "0"};
  constexpr std::array<std::string_view, 6> yes = {"yes", "true", "with", "on", "enable", "1"};
  const std::string word = lower(trim(text));
  if (std::ranges::find(no, word) != no.end()) return false;
  if (std::ranges::find(yes, word) != yes.end()) return true;
  return std::nullopt;
}

AptConfig read_apt_config(const TargetFiles& target) {
  constexpr const char* folder = "/etc/apt/apt.conf.d";
  AptConfig config;
  for (const std::string& name : target.list(folder))
    if (is_config_name(name)) config.add(target.read(folder + ("/" + name)).value_or(""));
  config.add(target.read("/etc/apt/apt.conf").value_or(""));
  return config;
}

DownloadAccess apt_access(const AptConfig& config, const TargetFiles& target, const NetworkSettings& network,
                          const std::string& url) {
  const std::string scheme = url.substr(0, url.find(':'));
  const std::string host = host_of(url);
  DownloadAccess access;
  access.proxy = proxy_of(config, scheme, host);
  access.ca_file = placed(target, of_host(config, host, "cainfo"));
  access.client_certificate = placed(target, of_host(config, host, "sslcert"));
  access.client_key = placed(target, of_host(config, host, "sslkey"));
  access.check_certificate = apt_bool(of_host(config, host, "verify-peer").value_or("yes")).value_or(true);
  const bool proxy_is_ours = network.proxy && (scheme == "https" || !network.proxy_of_environment);
  const bool is_direct = access.proxy == std::string() && config.find("acquire::" + scheme + "::proxy::" + host);
  if (proxy_is_ours && !is_direct) access.proxy = network.proxy;
  for (const HostCertificates& each : host_certificates(network))
    if (each.host.empty() || each.host == host) access.ca_file = each.ca_file;
  return access;
}

}  // namespace nvprov
