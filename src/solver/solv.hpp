#pragma once

#include <solv/pool.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/solver.h>

#include <memory>
#include <string_view>
#include <vector>

namespace nvprov {

// libsolv's objects, each with its one owner. Only src/solver includes this.

struct FreePool {
  void operator()(Pool* pool) const { pool_free(pool); }
};
using PoolHolder = std::unique_ptr<Pool, FreePool>;

struct FreeSolver {
  void operator()(Solver* solver) const { solver_free(solver); }
};
using SolverHolder = std::unique_ptr<Solver, FreeSolver>;

class IdQueue {
 public:
  IdQueue() { queue_init(&queue_); }
  ~IdQueue() { queue_free(&queue_); }
  IdQueue(const IdQueue&) = delete;
  IdQueue& operator=(const IdQueue&) = delete;

  Queue* get() { return &queue_; }
  void push(Id id) { queue_push(&queue_, id); }
  void push(Id left, Id right) { queue_push2(&queue_, left, right); }
  int size() const { return queue_.count; }
  Id operator[](int index) const { return queue_.elements[index]; }
  std::vector<Id> ids() const { return {queue_.elements, queue_.elements + queue_.count}; }

 private:
  Queue queue_ = {};
};

inline Id id_of(Pool* pool, std::string_view text) {
  return pool_strn2id(pool, text.data(), static_cast<unsigned int>(text.size()), 1);
}

}  // namespace nvprov
